import Moods
import Music
import Senses
import Testing

private let noon = CivilTime(year: 2024, month: 6, day: 21, hour: 12, minute: 0)
private func time(_ text: String) throws -> CivilTime {
    let today = try #require(noon)
    return try #require(CivilTime(parsing: text, today: today), "\(text)")
}
private func place(_ text: String) throws -> Place { try #require(Place(parsing: text), "\(text)") }

@Suite struct SunPositionTests {
    // Elevations without refraction from the USNO's and NOAA's solar calculators.
    @Test(
        arguments: [
            // Greenwich, equinox noon: 90 - latitude.
            ("51.48,0", "2024-03-20T12:07Z", 38.5),
            // Quito, equinox: the sun overhead at 12:21 local (UTC-5).
            ("0,-78.5", "2024-03-20T17:21Z", 89.9),
            // Lisbon, midsummer: sun's centre sets at 20:05 UTC without refraction 20:00.
            ("38.72,-9.14", "2024-06-21T12:38Z", 74.7),
            // Sydney, midwinter noon.
            ("-33.87,151.21", "2024-06-21T01:57Z", 32.7),
            // Tromso, midnight sun.
            ("69.65,18.96", "2024-06-21T22:46Z", 3.1),
        ])
    func `the sun stands where the almanac has it`(_ at: String, _ when: String, _ degrees: Double) throws {
        let moment = try time(when)
        let found = SunPosition.elevation(
            place: try place(at), dayOfYear: moment.dayOfYear, utcMinutes: Double(moment.minutes))
        #expect(abs(found - degrees) <= 0.3, "\(found)")
    }
}

@Suite struct DaylightTests {
    @Test func `the golden hour is warm in the evening and looks ahead in the morning`() {
        let evening = Daylight.sun(3, isRising: false)
        let morning = Daylight.sun(3, isRising: true)
        #expect(abs(evening.axes.intimacy - 0.255) < 0.01 && evening.axes.nostalgia > 0.2)
        #expect(morning.axes.nostalgia < 0 && morning.axes.openness > evening.axes.openness)
        #expect(evening.reason.contains("sun 3 degrees above the horizon") && evening.reason.contains("intimacy +.2"))
    }

    @Test func `the light has no jumps`() {
        var last = Daylight.sun(-90, isRising: false).axes
        for tenth in -899...900 {
            let next = Daylight.sun(Double(tenth) / 10, isRising: false).axes
            for axis in 0..<6 { #expect(abs(next[axis] - last[axis]) < 0.04) }
            last = next
        }
    }

    @Test func `autumn is where the hemisphere has it`() throws {
        let october = try time("2024-10-20T15:00")
        let here = Daylight.nudges(place: try place("52,13"), time: october, offset: 120)
        let there = Daylight.nudges(place: try place("-38,145"), time: october, offset: 600)
        #expect(here.contains { $0.reason.contains("autumn") } && !there.contains { $0.reason.contains("autumn") })
    }

    @Test func `a zone and a place agree on the light`() throws {
        let local = Daylight.nudges(place: try place("38.7,-9.4"), time: try time("2024-06-21T20:40"), offset: 60)
        #expect(local[0].reason.contains("golden hour") && local[0].reason.contains("setting"), "\(local)")
    }

    @Test func `weather is an image of at most .15`() {
        let gale = Weather.read("storm, thunder, gale and rain").nudge
        for axis in 0..<6 { #expect(abs(gale?.axes[axis] ?? 1) <= 0.1501) }
        #expect(Weather.read("rain").nudge?.reason.hasPrefix("weather rain -> nostalgia +.12") == true)
        #expect(Weather.read("frogs").unknown == "frogs")
    }
}

@Suite struct PlaceAndTimeTests {
    @Test(arguments: ["38.7,-9.4", "38.7N,9.4W", "38.7 -9.4", "0,0", "-90,180"])
    func `places`(_ text: String) { #expect(Place(parsing: text) != nil) }

    @Test(arguments: ["", "38.7", "91,0", "0,181", "nan,0", "a,b", "1,2,3", "-38N,2"])
    func `no places`(_ text: String) { #expect(Place(parsing: text) == nil) }

    @Test(
        arguments: [
            ("2024-06-21T20:45", nil), ("2024-06-21 20:45:10", nil), ("20:45", nil), ("2024-02-29T00:00Z", 0),
            ("2024-06-21T20:45+02:00", 120), ("20:45-0330", -210), ("20:45+05", 300),
        ] as [(String, Int?)])
    func `times`(_ text: String, _ offset: Int?) throws { #expect(try time(text).offset == offset) }

    @Test(
        arguments: [
            "", "now", "2023-02-29T10:00", "2024-13-01T10:00", "24:00", "12:60", "12", "2024-06-21", "12:30+99:00",
            "99999-01-01T10:00", "1:5", "-1:30",
        ])
    func `no times`(_ text: String) throws {
        let today = try #require(noon)
        #expect(CivilTime(parsing: text, today: today) == nil)
    }

    @Test func `days are counted from the first of January`() throws {
        #expect(try time("2024-12-31T00:00").dayOfYear == 366)
        #expect(try time("2023-03-01T00:00").dayOfYear == 60)
    }
}

@Suite struct SwellClockTests {
    private func calm(_ energy: Float, intimacy: Float) -> Mood {
        Mood(valence: 0.58, energy: energy, tension: -0.55, intimacy: intimacy, nostalgia: 0.42, openness: 0.55)
    }

    @Test func `the waves of the worked example are nine beats long`() {
        let clock = SwellClock(period: 8.6, mood: calm(-0.36, intimacy: 0.78))
        #expect(clock.beats == 9 && clock.metre.beats == 3 && abs(clock.tempo - 62.8) < 0.05)
        #expect(clock.description == "nine beats in 3/4 for each wave")
    }

    @Test(arguments: [3.0, 4, 5, 6, 7.5, 8.5, 10, 12, 14, 20])
    func `every wave has a playable tempo`(_ period: Double) {
        for energy in [Float(-0.8), 0, 0.8] {
            let clock = SwellClock(period: period, mood: calm(energy, intimacy: 0))
            #expect((30...130).contains(clock.tempo), "\(period) s: \(clock.tempo)")
            #expect(clock.beats % clock.metre.beats == 0)
        }
    }
}

@Suite struct FusionTests {
    private func impression(_ sense: Impression.Sense, _ value: Float, _ confidence: Float = 1) -> Impression {
        Impression(sense: sense, axes: Axes(repeating: value), confidence: Axes(repeating: confidence), reasons: [])
    }

    @Test func `senses count by weight and confidence, a silent one not at all`() {
        let fused = Fusion.fuse([impression(.words, 0.8), impression(.photo, 0), impression(.sound, 0.2, 0)])
        #expect(abs(fused.valence - 0.8 / 1.6) < 1e-5)
    }

    @Test func `nothing at all is a quiet moment`() { #expect(Fusion.fuse([]) == Fusion.quietMoment) }

    @Test func `a nudge moves its axes and no other, the less the nearer the end`() {
        let nudge = Nudge(axes: Axes(intimacy: 0.3), reason: "")
        let low = Fusion.fuse([impression(.words, 0.1)], nudges: [nudge])
        let high = Fusion.fuse([impression(.words, 0.9)], nudges: [nudge])
        #expect(abs(low.intimacy - 0.4) < 1e-5 && low.valence == 0.1)
        #expect(high.intimacy < 0.96)
    }
}

import CAllocationCounter
import Glibc
import Mixing
import Music
import Testing

@Suite("Room")
struct RoomTests {
    @Test("the near room decays as long in each band as the room of the piano fit")
    func nearDecay() {
        let response = ImpulseResponse(RoomSettings(kind: .near), seconds: 4)
        for (center, wanted) in [(110.0, 1.69), (400, 1.43), (1400, 1.3), (3900, 1.04), (9200, 0.65)] {
            let measured = response.t60(around: center)
            #expect(abs(measured / wanted - 1) < 0.12, "T60 at \(center) Hz is \(measured), not \(wanted)")
        }
    }

    @Test("the near room adds 16 dB less energy than the direct sound, in both channels, at every rate")
    func nearLevel() {
        for rate in [44_100.0, 48_000, 96_000] {
            let response = ImpulseResponse(RoomSettings(kind: .near), sampleRate: rate, seconds: 3)
            #expect(abs(ImpulseResponse.level(response.left) + 16) < 0.7)
            #expect(abs(ImpulseResponse.level(response.right) + 16) < 0.7)
            #expect(response.left[0] == 1)
        }
    }

    @Test("the first reflection of the near room comes 7 to 12 ms after the direct sound")
    func preDelay() throws {
        let response = ImpulseResponse(RoomSettings(kind: .near), seconds: 0.2)
        let first = try #require(response.left.indices.dropFirst().first { abs(response.left[$0]) > 1e-4 })
        #expect((0.0065...0.012).contains(Double(first) / 48_000))
    }

    @Test("left and right tails are independent")
    func decorrelation() {
        let response = ImpulseResponse(RoomSettings(kind: .near), seconds: 2)
        var (lr, ll, rr) = (0.0, 0.0, 0.0)
        for i in 2400..<response.left.count {
            let (l, r) = (Double(response.left[i]), Double(response.right[i]))
            lr += l * r
            ll += l * l
            rr += r * r
        }
        #expect(abs(lr / (ll * rr).squareRoot()) < 0.15)
    }

    @Test("the tail is dense noise: its samples are near normal after 120 ms")
    func density() {
        let response = ImpulseResponse(RoomSettings(kind: .near), seconds: 1)
        let part = response.left[5760..<9600].map { Double($0) }
        let second = part.reduce(0) { $0 + $1 * $1 } / Double(part.count)
        let fourth = part.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(part.count)
        // A normal distribution has 3; single echoes have tens.
        #expect(fourth / (second * second) < 4.5)
    }

    @Test("a hall rings longer and louder than a living room, and a beach hardly at all")
    func order() {
        let responses = [RoomSettings.Kind.beach, .room, .hall].map {
            ImpulseResponse(RoomSettings(kind: $0), seconds: 4)
        }
        let times = responses.map { $0.t60(around: 1400, from: 0.06) }
        let levels = responses.map { ImpulseResponse.level($0.left) }
        #expect(times[0] < 0.4 && abs(times[1] - 0.9) < 0.15 && abs(times[2] - 1.65) < 0.2, "\(times)")
        #expect(levels[0] < -24 && levels[0] < levels[1] && levels[1] < levels[2], "\(levels)")
    }

    @Test("twice the distance brings 6 dB more room; an asked level holds at any distance")
    func distance() {
        func response(_ distance: Float, _ asked: Float?) -> [Float] {
            let settings = RoomSettings(kind: .near, microphoneDistance: distance, reverbLevel: asked)
            return ImpulseResponse(settings, seconds: 3).left
        }
        /// Of the reverberation: without the near field's share of the direct sound.
        func level(_ distance: Float, _ asked: Float? = nil) -> Double {
            ImpulseResponse.level(zip(response(distance, asked), response(distance, -60)).map { $0 - $1 })
        }
        #expect(abs(level(1) - level(0.5) - 6.02) < 0.1)
        #expect(abs(level(0.5, -20) - -20) < 0.7)
        #expect(abs(level(1, -20) - level(0.5, -20)) < 0.1)
    }

    @Test("near microphones hear the near field of a dipole: the bass of 0.2 m over that of 1 m, by the formula")
    func nearField() {
        /// dB re 1 kHz of the direct sound, with hardly any room.
        func bass(_ hz: Double, _ distance: Float, _ nearness: Float, _ rate: Double) -> Double {
            let settings = RoomSettings(microphoneDistance: distance, reverbLevel: -60)
            let response = ImpulseResponse(settings, nearness: nearness, sampleRate: rate, seconds: 0.1)
            return response.decibels(hz) - response.decibels(1000)
        }
        /// 20 lg |1 + c / (2 pi i f r)| re 1 kHz.
        func dipole(_ hz: Double, _ distance: Double) -> Double {
            func level(_ f: Double) -> Double {
                let x = 343 / (2 * Double.pi * f * distance)
                return 10 * log10(1 + x * x)
            }
            return level(hz) - level(1000)
        }
        for rate in [44_100.0, 48_000, 96_000] {
            for hz in [40.0, 80, 150, 400] {
                let near = bass(hz, 0.2, 1, rate) - bass(hz, 1, 1, rate)
                let wanted = dipole(hz, 0.2) - dipole(hz, 1)
                #expect(abs(near - wanted) < 0.2, "\(hz) Hz at \(rate): \(near), by the formula \(wanted)")
                // The felt piano's microphones stand half as far away; its tables hold those of the standard distance.
                let felt = bass(hz, 0.3, 0.5, rate)
                let half = dipole(hz, 0.15) - dipole(hz, 0.25)
                #expect(abs(felt - half) < 0.2, "felt, \(hz) Hz at \(rate): \(felt), by the formula \(half)")
            }
        }
        #expect(abs(bass(80, 0.5, 1, 48_000)) < 0.05 && abs(bass(80, 0.5, 0.5, 48_000)) < 0.05)
    }

    @Test("the output is the same to the bit whatever the size of the blocks")
    func blocks() {
        var source = RandomStream(seed: 3)
        let input = (0..<9000).map { i in i < 3000 || i > 8000 ? source.normal() : 0 }
        func render(_ sizes: [Int]) -> [Float] {
            var room = Room(settings: RoomSettings(kind: .hall, microphoneDistance: 3), sampleRate: 48_000)
            var output: [Float] = []
            var turn = 0
            while output.count < input.count {
                let count = min(sizes[turn % sizes.count], input.count - output.count)
                turn += 1
                var left = Array(input[output.count..<output.count + count])
                var right = left.map { -0.5 * $0 }
                var l = left.mutableSpan
                var r = right.mutableSpan
                room.process(left: &l, right: &r)
                output += left
            }
            return output
        }
        let whole = render([9000])
        #expect(render([1]) == whole)
        #expect(render([64]) == whole)
        #expect(render([7, 100, 1, 511]) == whole)
    }

    @Test("a silent room falls asleep, passes zeros and wakes as new")
    func sleep() {
        var room = Room(settings: RoomSettings(kind: .beach), sampleRate: 48_000)
        let isAsleepAtFirst = room.isAsleep
        #expect(isAsleepAtFirst)
        func render(_ room: inout Room, impulse: Float, count: Int) -> [Float] {
            var left = [Float](repeating: 0, count: count)
            left[0] = impulse
            var right = left
            var l = left.mutableSpan
            var r = right.mutableSpan
            room.process(left: &l, right: &r)
            return left
        }
        let first = render(&room, impulse: 1, count: 640)
        let isAwake = !room.isAsleep
        #expect(isAwake)
        _ = render(&room, impulse: 0, count: 64 * 2000)
        let isAsleepAgain = room.isAsleep
        #expect(isAsleepAgain)
        #expect(render(&room, impulse: 0, count: 64).allSatisfy { $0 == 0 })
        #expect(render(&room, impulse: 1, count: 640) == first)
    }

    @Test("the tail stays finite and dies for full-scale noise at every rate and in every room")
    func stability() {
        for kind in RoomSettings.Kind.allCases {
            for rate in [44_100.0, 88_200] {
                var room = Room(settings: RoomSettings(kind: kind, microphoneDistance: 8), sampleRate: rate)
                var source = RandomStream(seed: 11)
                var peak: Float = 0
                for block in 0..<700 {
                    var left = (0..<512).map { _ in block < 60 ? source.uniform(-1, 1) : Float(0) }
                    var right = left
                    var l = left.mutableSpan
                    var r = right.mutableSpan
                    room.process(left: &l, right: &r)
                    peak = left.reduce(0) { max($0, abs($1)) }
                    #expect(left.allSatisfy { $0.isFinite })
                }
                #expect(peak < 1e-3, "\(kind) still at \(peak)")
            }
        }
    }

    @Test("rendering allocates nothing")
    func allocations() {
        var room = Room(settings: RoomSettings(kind: .near), sampleRate: 48_000)
        var left = [Float](repeating: 0.1, count: 64)
        var right = left
        func turn(_ count: Int) {
            for _ in 0..<count {
                var l = left.mutableSpan
                var r = right.mutableSpan
                room.process(left: &l, right: &r)
            }
        }
        turn(2)
        allocation_counter_start()
        turn(100)
        #expect(allocation_counter_stop() == 0)
    }

    @Test(
        "a piano is carried to another room without a click and is then there alone; nothing is allocated on the way",
        arguments: [Float(0.2), 0.5, 1.5])
    func carried(_ distance: Float) {
        let settings = RoomSettings(kind: .near, microphoneDistance: distance)
        var rooms = Rooms(settings: settings, sampleRate: 48_000)
        var near = Room(settings: settings, sampleRate: 48_000)
        var hall = Room(settings: settings.moved(to: .hall), sampleRate: 48_000)
        let move = Rooms.Move(to: .hall, settings, sampleRate: 48_000)
        let back = Rooms.Move(to: .near, settings, sampleRate: 48_000)
        var frame = 0
        var last = SIMD2<Float>.zero
        /// Blocks of 100 frames of a tone through `rooms` and through one room: how far they are apart at last, the sharpest
        /// bend of the sound, and allocations.
        func blocks(_ count: Int, _ room: inout Room) -> (far: Float, bend: Float, allocations: Int) {
            var (far, bend, allocations): (Float, Float, Int) = (0, 0, 0)
            for _ in 0..<count {
                var left = (0..<100).map { 0.5 * Float(sin(Double(frame + $0) * 0.05)) }
                var right = left
                var (alone, aloneRight) = (left, right)
                frame += 100
                do {
                    var l = left.mutableSpan
                    var r = right.mutableSpan
                    allocation_counter_start()
                    rooms.process(left: &l, right: &r)
                    allocations += allocation_counter_stop()
                    var al = alone.mutableSpan
                    var ar = aloneRight.mutableSpan
                    room.process(left: &al, right: &ar)
                }
                for x in left {
                    bend = max(bend, abs(x - 2 * last.x + last.y))
                    last = SIMD2(x, last.x)
                }
                far = zip(left, alone).map { abs($0 - $1) }.max() ?? 0
            }
            return (far, bend, allocations)
        }
        #expect(blocks(480, &near).far == 0)
        let before = blocks(480, &near)
        #expect(before.far == 0)
        rooms.move(move)
        let way = blocks(480, &hall)
        // After ten seconds the near room has rung out, and the hall has forgotten how the tone came in.
        _ = blocks(4800, &hall)
        let after = blocks(100, &hall)
        #expect(after.far < 1e-4)
        let steady = max(before.bend, after.bend)
        #expect(way.bend < 2 * steady && way.allocations == 0, "\(way.bend) on the way, \(steady) in the rooms")
        // There and back before the crossing is over.
        for i in 0..<10 {
            rooms.move(i % 2 == 0 ? back : move)
            #expect(blocks(40, &hall).bend < 2 * steady)
        }
    }

    @Test("microphones that walk away hear less of the bass and more of the room, and arrive where a far one stands")
    func walk() {
        let walk = MicrophoneWalk(time: 2, lasting: 4, from: 0.5, to: 1.2)
        #expect(walk.distance(at: 0) == 0.5 && walk.distance(at: 9) == 1.2)
        #expect(abs(walk.distance(at: 4) - (0.5 * 1.2).squareRoot()) < 1e-9)
        func response(_ distance: Double?) -> [Float] {
            var rooms = Rooms(settings: RoomSettings(kind: .near, microphoneDistance: 0.5), sampleRate: 48_000)
            if let distance { rooms.listen(from: distance) }
            var left = [Float](repeating: 0, count: 48_000)
            var right = left
            (left[0], right[0]) = (1, 1)
            var l = left.mutableSpan
            var r = right.mutableSpan
            rooms.process(left: &l, right: &r)
            return left
        }
        let (near, far) = (response(nil), response(1.2))
        #expect(response(0.5) == near)
        func energy(_ x: [Float], _ frames: Range<Int>) -> Double { x[frames].reduce(0) { $0 + Double($1 * $1) } }
        let rise = 10 * log10(energy(far, 300..<48_000) / energy(near, 300..<48_000))
        #expect(abs(rise - 20 * log10(1.2 / 0.5)) < 0.1, "\(rise)")
        // The lowest bass is what the first 300 frames sum to.
        func sum(_ x: [Float]) -> Double { x[..<300].reduce(0) { $0 + Double($1) } }
        #expect(sum(far) < 0.75 * sum(near), "\(sum(far)) of \(sum(near))")
    }
}

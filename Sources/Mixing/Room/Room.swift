import Glibc
package import Music

/// The place around the piano: early reflections and a feedback-delay network, added to the direct sound in place.
///
/// Sixteen lines mixed by a Hadamard matrix, each with its own loss, fed and read through orthogonal sign patterns, so
/// that the tails of left and right are independent (piano-physics 3.7, piano-fit 2.7). Output is the same whatever
/// the size of the blocks; a silent room sleeps. `process` allocates nothing.
package struct Room: ~Copyable {
    private let design: RoomDesign
    private var state = State()
    private var memory: [Float]
    private var work = Workspace()
    /// What it was told last, and from where it is heard by itself.
    private var level = Level(early: 0, tail: 0)
    private let distance: Double
    private let nearness: Double
    private let sampleRate: Double

    /// The gains that bring a room to its level.
    package struct Level: Hashable, Sendable {
        var early: Float
        var tail: Float
    }

    /// Builds the room at its level, which takes some milliseconds.
    ///
    /// - Parameters:
    ///   - settings: the place and the microphones.
    ///   - nearness: of the piano: how far its microphones stand from the strings, as a share of the scene's distance.
    ///   - sampleRate: in Hz.
    package init(settings: RoomSettings, nearness: Float = 1, sampleRate: Double) {
        self.init(unlevelled: settings, nearness: nearness, sampleRate: sampleRate)
        set(Self.level(settings, nearness: nearness, sampleRate: sampleRate))
    }

    /// Builds the room without reverberation: it has to be told its level before it is heard.
    init(unlevelled settings: RoomSettings, nearness: Float, sampleRate: Double) {
        design = RoomDesign(Self.acoustics(settings), sampleRate: sampleRate)
        memory = Array(repeating: 0, count: design.memory)
        distance = Self.distance(settings)
        self.nearness = Double(nearness)
        self.sampleRate = sampleRate
        state.apply(distance: distance, nearness: self.nearness, sampleRate: sampleRate)
    }

    /// Gives the reverberation its level; allocates nothing.
    mutating func set(_ level: Level) {
        self.level = level
        state.earlyGain = level.early
        state.tailGain = level.tail
    }

    /// Hears it from another distance, in metres: the reverberation rises with the distance re the direct sound.
    ///
    /// Allocates nothing; for a walk, to be called every few frames.
    mutating func listen(from distance: Double) {
        state.apply(distance: distance, nearness: nearness, sampleRate: sampleRate)
        let rise = Float(distance / self.distance)
        state.earlyGain = level.early * rise
        state.tailGain = level.tail * rise
    }

    /// The level of a room, from its own response to an impulse.
    package static func level(_ settings: RoomSettings, nearness: Float = 1, sampleRate: Double) -> Level {
        let acoustics = acoustics(settings)
        let design = RoomDesign(acoustics, sampleRate: sampleRate)
        var memory = [Float](repeating: 0, count: design.memory)
        // The direct sound falls with distance and the reverberation does not; whoever records turns the gain up.
        let level =
            settings.reverbLevel.map { Double($0) } ?? acoustics.level + 20
            * log10(Double(nearness) * distance(settings) / 0.5)
        // The reflections are over after 0.1 s; after 0.4 T60 all but 0.4 % of the tail is.
        let early = energy(design, memory: &memory, frames: Int(sampleRate * 0.1), early: 1, tail: 0)
        let tail = energy(design, memory: &memory, frames: Int(sampleRate * acoustics.low * 0.4), early: 0, tail: 1)
        let wanted = pow(10, level / 10)
        return Level(
            early: Float((wanted * acoustics.earlyShare / early).squareRoot()),
            tail: Float((wanted * (1 - acoustics.earlyShare) / tail).squareRoot()))
    }

    private static func acoustics(_ settings: RoomSettings) -> RoomAcoustics {
        RoomAcoustics(settings.kind).lasting(settings.reverbTime.map { Double($0) })
    }

    /// Metres from the strings to the microphones.
    private static func distance(_ settings: RoomSettings) -> Double {
        max(0.2, min(8, Double(settings.microphoneDistance ?? RoomSettings.standardDistance)))
    }

    /// Adds the room to a block, in place.
    package mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) {
        process(left: &left, right: &right, 0..<left.count)
    }

    /// Adds the room to some frames of a block, in place.
    mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>, _ frames: Range<Int>) {
        precondition(left.count == right.count, "channels of different length")
        Self.run(design, &state, &memory, &work, &left, &right, frames)
    }

    /// Becomes what `other` is, a room of the same settings, without allocating.
    package mutating func copy(_ other: borrowing Room) {
        precondition(memory.count == other.memory.count, "rooms of different settings")
        state = other.state
        for i in memory.indices { memory[i] = other.memory[i] }
    }

    /// Whether it has fallen silent and does nothing but pass zeros.
    package var isAsleep: Bool { state.isAsleep }

    /// Energy of the reverberation for an impulse in both channels, mean of both, without the direct sound.
    private static func energy(
        _ design: RoomDesign, memory: inout [Float], frames: Int, early: Float, tail: Float
    ) -> Double {
        var state = State()
        var work = Workspace()
        state.directGain = 0
        state.earlyGain = early
        state.tailGain = tail
        var sum = 0.0
        var left = [Float](repeating: 0, count: 256)
        var right = left
        for start in stride(from: 0, to: frames, by: 256) {
            for i in 0..<256 {
                left[i] = start == 0 && i == 0 ? 1 : 0
                right[i] = left[i]
            }
            var leftSpan = left.mutableSpan
            var rightSpan = right.mutableSpan
            run(design, &state, &memory, &work, &leftSpan, &rightSpan, 0..<256)
            for i in 0..<256 { sum += Double(left[i] * left[i] + right[i] * right[i]) }
        }
        for i in memory.indices { memory[i] = 0 }
        return sum / 2
    }
}

extension Room {
    /// All that changes from frame to frame, but for the delay memory.
    struct State: Sendable {
        var frame = 0
        var positions = InlineArray<16, Int>(repeating: 0)
        var diffuserPositions = InlineArray<8, Int>(repeating: 0)
        var ringPosition = 0
        var highPass = SecondOrder.State()
        var lowPass = SecondOrder.State()
        var early = SIMD2<Float>.zero
        var damped = SIMD16<Float>.zero
        var bass = SIMD16<Float>.zero
        var air = SIMD2<Float>.zero
        var field = SIMD2<Float>.zero

        var directGain: Float = 1
        var earlyGain: Float = 0
        var tailGain: Float = 0
        /// Factor of the difference of both channels: a distant piano is narrow.
        var width: Float = 1
        /// One-pole for the air between, 0 when near.
        var airPole: Float = 0
        var nearField = NearField()

        var loudness = SIMD16<Float>.zero
        var quietFrames = 0
        var isAsleep = true

        /// Microphone distance, metres: near field, width and the air's low-pass, 10 kHz * sqrt(3 / (0.11 r))
        /// (piano-physics 3.7).
        mutating func apply(distance: Double, nearness: Double, sampleRate: Double) {
            nearField = NearField(distance: distance, nearness: nearness, sampleRate: sampleRate)
            width = distance <= 1 ? 1 : Float(pow(distance, -0.4))
            let corner = 10_000 * (3 / (0.11 * distance)).squareRoot()
            airPole = corner < 0.45 * sampleRate ? Float(exp(-2 * .pi * corner / sampleRate)) : 0
        }
    }

    /// Room for the frames of one period.
    struct Workspace: Sendable {
        var pairs = [SIMD2<Float>](repeating: .zero, count: Room.period)
        var wet = [SIMD2<Float>](repeating: .zero, count: Room.period)
        var lines = [SIMD16<Float>](repeating: .zero, count: Room.period)
    }

    /// Below this (-160 dBFS) a sample is silence.
    private static let silence: Float = 1e-8
    /// Sleep is decided at multiples of so many frames from the start, so that it does not depend on the blocks.
    static let period = RoomDesign.shortestDelay

    private static func run(
        _ design: borrowing RoomDesign, _ kept: inout State, _ memory: inout [Float], _ work: inout Workspace,
        _ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>, _ frames: Range<Int>
    ) {
        var state = kept
        var cells = memory.mutableSpan
        var start = frames.lowerBound
        while start < frames.upperBound {
            if state.isAsleep {
                guard left[start] != 0 || right[start] != 0 else {
                    left[start] = 0
                    right[start] = 0
                    state.frame += 1
                    start += 1
                    continue
                }
                state.isAsleep = false
                state.quietFrames = 0
            }
            let count = min(frames.upperBound - start, period - state.frame % period)
            for f in 0..<count { work.pairs[f] = SIMD2(left[start + f], right[start + f]) }
            reverberate(design, &state, &cells, &work, count)
            for f in 0..<count {
                let output = direct(&state, SIMD2(left[start + f], right[start + f])) + work.wet[f]
                left[start + f] = output.x
                right[start + f] = output.y
            }
            state.frame += count
            start += count
            if state.frame % period == 0 { considerSleep(design, &state, &cells) }
        }
        kept = state
    }

    /// The direct sound at the microphones.
    @inline(always)
    private static func direct(_ state: inout State, _ input: SIMD2<Float>) -> SIMD2<Float> {
        var sound = state.nearField.process(input, &state.field)
        if state.airPole > 0 {
            state.air += (1 - state.airPole) * (sound - state.air)
            sound = state.air
        }
        if state.width < 1 {
            let middle = 0.5 * (sound.x + sound.y)
            sound = middle + state.width * (sound - middle)
        }
        return state.directGain * sound
    }

    /// Reflections and tail of the frames in `work.pairs`, into `work.wet`; no delay line is shorter than `period`.
    private static func reverberate(
        _ design: borrowing RoomDesign, _ state: inout State, _ cells: inout MutableSpan<Float>,
        _ work: inout Workspace, _ count: Int
    ) {
        for f in 0..<count {
            work.pairs[f] = design.lowPass.process(
                design.highPass.process(work.pairs[f], &state.highPass), &state.lowPass)
        }
        // The reflections branch off after two of the four diffusers.
        for d in 0..<2 { diffuse(design, &state, &cells, &work.pairs, count, d) }
        let place = state.ringPosition
        var ring = place
        var loud: Float = 0
        for f in 0..<count {
            let sent = work.pairs[f]
            cells[design.ringStarts[0] + ring] = sent.x
            cells[design.ringStarts[1] + ring] = sent.y
            loud = max(loud, abs(sent.x), abs(sent.y))
            ring = ring + 1 == design.ringLength ? 0 : ring + 1
        }
        state.ringPosition = ring

        for f in 0..<count { work.wet[f] = .zero }
        for r in 0..<RoomDesign.reflections {
            for channel in 0..<2 {
                let gain = design.earlyGains[6 * channel + r]
                var cell = place - design.earlyDelays[6 * channel + r]
                if cell < 0 { cell += design.ringLength }
                for f in 0..<count {
                    work.wet[f][channel] += gain * cells[design.ringStarts[channel] + cell]
                    cell = cell + 1 == design.ringLength ? 0 : cell + 1
                }
            }
        }
        var back = place - design.tailDelay
        if back < 0 { back += design.ringLength }
        for f in 0..<count {
            state.early += (1 - design.earlyPole) * (work.wet[f] - state.early)
            work.wet[f] = state.earlyGain * state.early
            work.pairs[f] = SIMD2(cells[design.ringStarts[0] + back], cells[design.ringStarts[1] + back])
            back = back + 1 == design.ringLength ? 0 : back + 1
        }
        for d in 2..<4 { diffuse(design, &state, &cells, &work.pairs, count, d) }

        for n in 0..<RoomDesign.lines {
            let (first, length) = (design.lineStarts[n], design.lineDelays[n])
            var position = state.positions[n]
            for f in 0..<count {
                work.lines[f][n] = cells[first + position]
                position = position + 1 == length ? 0 : position + 1
            }
        }
        turn(design, &state, &work, count)
        for n in 0..<RoomDesign.lines {
            let (first, length) = (design.lineStarts[n], design.lineDelays[n])
            var position = state.positions[n]
            for f in 0..<count {
                cells[first + position] = work.lines[f][n]
                position = position + 1 == length ? 0 : position + 1
            }
            state.positions[n] = position
        }
        state.loudness[0] = max(state.loudness[0], loud * loud)
    }

    /// What leaves the lines is damped, heard, mixed and fed back with the new sound, frame by frame.
    private static func turn(
        _ design: borrowing RoomDesign, _ state: inout State, _ work: inout Workspace, _ count: Int
    ) {
        var damped = state.damped
        var bass = state.bass
        var loudness = state.loudness
        let shelfRate = 1 - design.shelfPole
        for f in 0..<count {
            damped += design.damping * (work.lines[f] - damped)
            bass += shelfRate * (damped - bass)
            let lines = design.lineGain * (damped + design.shelf * bass)
            let power = lines * lines
            loudness = loudness.replacing(with: power, where: power .> loudness)
            let tail = SIMD2((design.outputSigns.left * lines).sum(), (design.outputSigns.right * lines).sum())
            work.wet[f] += state.tailGain * tail
            let fed = work.pairs[f]
            work.lines[f] =
                0.25 * hadamard(lines) + design.inputSigns.left * fed.x + design.inputSigns.right * fed.y
        }
        state.damped = damped
        state.bass = bass
        state.loudness = loudness
    }

    /// An all-pass of Schroeder in each channel, gain 0.6.
    private static func diffuse(
        _ design: borrowing RoomDesign, _ state: inout State, _ cells: inout MutableSpan<Float>,
        _ pairs: inout [SIMD2<Float>], _ count: Int, _ number: Int
    ) {
        for channel in 0..<2 {
            let n = 4 * channel + number
            let (first, length) = (design.diffuserStarts[n], design.diffuserDelays[n])
            var position = state.diffuserPositions[n]
            for f in 0..<count {
                let old = cells[first + position]
                let new = pairs[f][channel] - 0.6 * old
                cells[first + position] = new
                pairs[f][channel] = old + 0.6 * new
                position = position + 1 == length ? 0 : position + 1
            }
            state.diffuserPositions[n] = position
        }
    }

    /// Sixteen sums and differences of all lines, by four rounds of butterflies.
    @inline(always)
    private static func hadamard(_ x: SIMD16<Float>) -> SIMD16<Float> {
        var y = x
        for _ in 0..<4 { y = SIMD16(lowHalf: y.evenHalf + y.oddHalf, highHalf: y.evenHalf - y.oddHalf) }
        return y
    }

    /// Falls asleep when nothing was heard in any line for longer than the longest of them: then all is set to zero.
    private static func considerSleep(
        _ design: borrowing RoomDesign, _ state: inout State, _ cells: inout MutableSpan<Float>
    ) {
        let isQuiet = state.loudness.max() < silence * silence
        state.loudness = .zero
        state.quietFrames = isQuiet ? state.quietFrames + period : 0
        guard state.quietFrames > design.longestDelay + 2 * period else { return }
        for i in cells.indices { cells[i] = 0 }
        let old = state
        state = State()
        state.frame = old.frame
        state.directGain = old.directGain
        state.earlyGain = old.earlyGain
        state.tailGain = old.tailGain
        state.width = old.width
        state.airPole = old.airPole
        state.nearField = old.nearField
    }
}

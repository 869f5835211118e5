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

    /// Builds the room and sets its level by its own response to an impulse, which takes some milliseconds.
    /// - Parameters:
    ///   - settings: the place and the microphones.
    ///   - sampleRate: in Hz.
    package init(settings: RoomSettings, sampleRate: Double) {
        let acoustics = RoomAcoustics(settings.kind)
        var design = RoomDesign(acoustics, sampleRate: sampleRate)
        let distance = max(0.2, min(8, Double(settings.microphoneDistance)))

        // The direct sound falls with distance and the reverberation does not; whoever records turns the gain up.
        let level = settings.reverbLevel.map { Double($0) } ?? acoustics.level + 20 * log10(distance / 0.5)
        memory = Array(repeating: 0, count: design.memory)
        state.apply(distance: distance, sampleRate: sampleRate)

        let frames = Int(sampleRate * acoustics.low * 0.75)
        let early = Self.energy(design, memory: &memory, frames: frames, early: 1, tail: 0)
        let tail = Self.energy(design, memory: &memory, frames: frames, early: 0, tail: 1)
        let wanted = pow(10, level / 10)
        let earlyGain = Float((wanted * acoustics.earlyShare / early).squareRoot())
        for i in 0..<12 { design.earlyGains[i] *= earlyGain }
        state.earlyGain = 1
        state.tailGain = Float((wanted * (1 - acoustics.earlyShare) / tail).squareRoot())
        self.design = design
    }

    /// Adds the room to a block, in place.
    package mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) {
        precondition(left.count == right.count, "channels of different length")
        Self.run(design, &state, &memory, &left, &right)
    }

    /// Whether it has fallen silent and does nothing but pass zeros.
    package var isAsleep: Bool { state.isAsleep }

    /// Energy of the reverberation for an impulse in both channels, mean of both, without the direct sound.
    private static func energy(
        _ design: RoomDesign, memory: inout [Float], frames: Int, early: Float, tail: Float
    ) -> Double {
        var state = State()
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
            run(design, &state, &memory, &leftSpan, &rightSpan)
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

        var directGain: Float = 1
        var earlyGain: Float = 0
        var tailGain: Float = 0
        /// Factor of the difference of both channels: a distant piano is narrow.
        var width: Float = 1
        /// One-pole for the air between, 0 when near.
        var airPole: Float = 0

        var loudness = SIMD16<Float>.zero
        var quietFrames = 0
        var isAsleep = true

        /// Microphone distance, metres: width and the air's low-pass, 10 kHz * sqrt(3 / (0.11 r)) (piano-physics 3.7).
        mutating func apply(distance: Double, sampleRate: Double) {
            width = distance <= 1 ? 1 : Float(pow(distance, -0.4))
            let corner = 10_000 * (3 / (0.11 * distance)).squareRoot()
            airPole = corner < 0.45 * sampleRate ? Float(exp(-2 * .pi * corner / sampleRate)) : 0
        }
    }

    /// Below this (-160 dBFS) a sample is silence.
    private static let silence: Float = 1e-8
    /// Sleep is decided at multiples of so many frames from the start, so that it does not depend on the blocks.
    private static let period = 64

    private static func run(
        _ design: borrowing RoomDesign, _ kept: inout State, _ memory: inout [Float],
        _ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>
    ) {
        var state = kept
        var cells = memory.mutableSpan
        for i in left.indices {
            var direct = SIMD2(left[i], right[i])
            if state.isAsleep {
                guard direct != .zero else {
                    left[i] = 0
                    right[i] = 0
                    state.frame += 1
                    continue
                }
                state.isAsleep = false
                state.quietFrames = 0
            }
            let wet = reverberate(design, &state, &cells, direct)
            if state.airPole > 0 {
                state.air += (1 - state.airPole) * (direct - state.air)
                direct = state.air
            }
            if state.width < 1 {
                let middle = 0.5 * (direct.x + direct.y)
                direct = middle + state.width * (direct - middle)
            }
            let output = state.directGain * direct + wet
            left[i] = output.x
            right[i] = output.y

            state.frame += 1
            if state.frame % period == 0 { considerSleep(design, &state, &cells) }
        }
        kept = state
    }

    /// One frame of reflections and tail.
    @inline(always)
    private static func reverberate(
        _ design: borrowing RoomDesign, _ state: inout State, _ cells: inout MutableSpan<Float>, _ input: SIMD2<Float>
    ) -> SIMD2<Float> {
        var sent = design.lowPass.process(design.highPass.process(input, &state.highPass), &state.lowPass)
        // The reflections branch off after two of the four diffusers.
        for d in 0..<2 { sent = diffuse(design, &state, &cells, sent, d) }
        let place = state.ringPosition
        cells[design.ringStarts[0] + place] = sent.x
        cells[design.ringStarts[1] + place] = sent.y

        var reflections = SIMD2<Float>.zero
        for r in 0..<RoomDesign.reflections {
            var l = place - design.earlyDelays[r]
            if l < 0 { l += design.ringLength }
            var k = place - design.earlyDelays[6 + r]
            if k < 0 { k += design.ringLength }
            reflections.x += design.earlyGains[r] * cells[design.ringStarts[0] + l]
            reflections.y += design.earlyGains[6 + r] * cells[design.ringStarts[1] + k]
        }
        state.early += (1 - design.earlyPole) * (reflections - state.early)

        var back = place - design.tailDelay
        if back < 0 { back += design.ringLength }
        var fed = SIMD2(cells[design.ringStarts[0] + back], cells[design.ringStarts[1] + back])
        for d in 2..<4 { fed = diffuse(design, &state, &cells, fed, d) }
        state.ringPosition = place + 1 == design.ringLength ? 0 : place + 1

        var lines = SIMD16<Float>.zero
        for n in 0..<RoomDesign.lines { lines[n] = cells[design.lineStarts[n] + state.positions[n]] }
        state.damped += design.damping * (lines - state.damped)
        state.bass += (1 - design.shelfPole) * (state.damped - state.bass)
        lines = design.lineGain * (state.damped + design.shelf * state.bass)
        let tail = SIMD2(
            (design.outputSigns.left * lines).sum(), (design.outputSigns.right * lines).sum())
        state.loudness = state.loudness.replacing(with: lines * lines, where: lines * lines .> state.loudness)

        let mixed =
            0.25 * hadamard(lines) + design.inputSigns.left * fed.x + design.inputSigns.right * fed.y
        for n in 0..<RoomDesign.lines {
            let position = state.positions[n]
            cells[design.lineStarts[n] + position] = mixed[n]
            state.positions[n] = position + 1 == design.lineDelays[n] ? 0 : position + 1
        }
        let loud = max(abs(sent.x), abs(sent.y))
        state.loudness[0] = max(state.loudness[0], loud * loud)
        return state.earlyGain * state.early + state.tailGain * tail
    }

    /// An all-pass of Schroeder in each channel, gain 0.6.
    @inline(always)
    private static func diffuse(
        _ design: borrowing RoomDesign, _ state: inout State, _ cells: inout MutableSpan<Float>, _ x: SIMD2<Float>,
        _ number: Int
    ) -> SIMD2<Float> {
        var result = x
        for channel in 0..<2 {
            let n = 4 * channel + number
            let cell = design.diffuserStarts[n] + state.diffuserPositions[n]
            let old = cells[cell]
            let new = x[channel] - 0.6 * old
            cells[cell] = new
            result[channel] = old + 0.6 * new
            let next = state.diffuserPositions[n] + 1
            state.diffuserPositions[n] = next == design.diffuserDelays[n] ? 0 : next
        }
        return result
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
    }
}

import DSP
import Glibc

/// The soundboard in real time: low modes, high bank and direct branch, from the forces of the keys to left and right.
///
/// Left and right of a mode differ by factors that no key changes (piano-fit 2.6), so one input serves both.
struct SoundboardBank {
    private var lowModes: [Mode8]
    private var highLeft: [Mode8]
    private var highRight: [Mode8]
    private let lowWeights: [(left: SIMD8<Float>, right: SIMD8<Float>)]
    private let highWeights: [(left: SIMD8<Float>, right: SIMD8<Float>)]
    /// Per key, per group of eight inputs: low modes first, then the high bank.
    private let gains: [SIMD8<Float>]
    private let lowGroups: Int
    private let highGroups: Int
    private var inputs: [SIMD8<Float>]
    private var leftLanes: [SIMD8<Float>]
    private var rightLanes: [SIMD8<Float>]
    private var direct: [Float]
    private var directLeft: [Biquad]
    private var directRight: [Biquad]
    private var highPassLeft: [Biquad]
    private var highPassRight: [Biquad]
    private var listeningLeft: [Biquad]
    private var listeningRight: [Biquad]
    /// What came out in the last frames, for the lid to throw back.
    private var pastLeft: [Float]
    private var pastRight: [Float]
    private let reflection: Float
    private let delayLeft: Int
    private let delayRight: Int
    private let directGain: Float
    private let outputGain: Float
    private var quietBlocks = 0

    var groups: Int { lowGroups + highGroups }

    init(_ tables: InstrumentTables) {
        let rate = tables.sampleRate
        func modes(_ poles: [ComplexDouble]) -> [Mode8] {
            (0..<(poles.count + 7) / 8).map { g in
                var mode = Mode8()
                for i in 0..<8 where g * 8 + i < poles.count {
                    let pole = poles[g * 8 + i]
                    let r = exp(pole.re / rate)
                    mode.rotationRe[i] = Float(r * cos(pole.im / rate))
                    mode.rotationIm[i] = Float(r * sin(pole.im / rate))
                }
                return mode
            }
        }
        lowModes = modes(tables.board.lowPoles)
        highLeft = modes(tables.board.highLeftPoles)
        highRight = modes(tables.board.highRightPoles)
        lowGroups = lowModes.count
        highGroups = highLeft.count
        let (lowLeft, lowCommon) = Self.split(tables.keys.map { ($0.lowLeft, $0.lowRight) })
        let (highLeftShare, highCommon) = Self.split(tables.keys.map { ($0.highLeft, $0.highRight) })
        lowWeights = Self.weights(lowLeft)
        highWeights = Self.weights(highLeftShare)
        gains = tables.keys.indices.flatMap { Self.packed(lowCommon[$0]) + Self.packed(highCommon[$0]) }
        inputs = Array(repeating: .zero, count: (lowGroups + highGroups) * ModeKernel.block)
        leftLanes = Array(repeating: .zero, count: ModeKernel.block)
        rightLanes = leftLanes
        direct = Array(repeating: 0, count: ModeKernel.block)
        directLeft = tables.board.directLeft.map { Biquad($0) }
        directRight = tables.board.directRight.map { Biquad($0) }
        highPassLeft = tables.board.highPass.map { Biquad($0) }
        highPassRight = highPassLeft
        let listening = tables.board.listening
        listeningLeft = listening.sections.map { Biquad($0) }
        listeningRight = listeningLeft
        reflection = Float(listening.reflection)
        delayLeft = listening.delayLeft
        delayRight = listening.delayRight
        let past = reflection == 0 ? 0 : ModeKernel.block + max(delayLeft, delayRight)
        pastLeft = Array(repeating: 0, count: past)
        pastRight = pastLeft
        directGain = Float(tables.board.directGain)
        outputGain = Float(tables.outputGain)
    }

    /// Splits gains into the mean of both channels per key and the left share per mode, 1 + s; the right one is 1 - s.
    private static func split(_ keys: [(left: [Float], right: [Float])]) -> (shares: [Float], common: [[Float]]) {
        let common = keys.map { zip($0.left, $0.right).map { ($0 + $1) / 2 } }
        let count = common.first?.count ?? 0
        let shares = (0..<count).map { m -> Float in
            // The key with the strongest gain tells the share most exactly.
            let best = keys.indices.max { abs(common[$0][m]) < abs(common[$1][m]) } ?? 0
            return common[best][m] != 0 ? keys[best].left[m] / common[best][m] : 1
        }
        return (shares, common)
    }

    private static func packed(_ values: [Float]) -> [SIMD8<Float>] {
        (0..<(values.count + 7) / 8).map { g in
            var lanes = SIMD8<Float>()
            for i in 0..<8 where g * 8 + i < values.count { lanes[i] = values[g * 8 + i] }
            return lanes
        }
    }

    private static func weights(_ shares: [Float]) -> [(left: SIMD8<Float>, right: SIMD8<Float>)] {
        zip(packed(shares), packed(shares.map { 2 - $0 })).map { (left: $0, right: $1) }
    }

    /// Adds a block of force at the bridge point of a key.
    mutating func add(_ force: borrowing [Float], key: Int) {
        let groups = groups
        unsafe force.withUnsafeBufferPointer { force in
            guard let force = force.baseAddress else { return }
            unsafe inputs.withUnsafeMutableBufferPointer { inputs in
                guard let inputs = inputs.baseAddress else { return }
                for g in 0..<groups {
                    unsafe ModeKernel.mix(gains[key * groups + g], force: force, into: inputs + g * ModeKernel.block)
                }
            }
            for n in 0..<ModeKernel.block { direct[n] += unsafe force[n] }
        }
        quietBlocks = 0
    }

    /// What the board radiates in this block; then its inputs are empty again.
    mutating func render(left: inout [Float], right: inout [Float]) {
        // After half a second without any force nothing is left of the board's longest mode (0.7 s for 60 dB, and the
        // rest lies 50 dB lower).
        quietBlocks += 1
        if quietBlocks > 1500 {
            for n in 0..<ModeKernel.block {
                left[n] = 0
                right[n] = 0
            }
            return
        }
        for n in 0..<ModeKernel.block {
            leftLanes[n] = .zero
            rightLanes[n] = .zero
        }
        resonate()
        for n in 0..<ModeKernel.block {
            var l = direct[n] * directGain
            var r = l
            for k in directLeft.indices {
                l = directLeft[k](l)
                r = directRight[k](r)
            }
            l += leftLanes[n].sum()
            r += rightLanes[n].sum()
            for k in highPassLeft.indices {
                l = highPassLeft[k](l)
                r = highPassRight[k](r)
            }
            for k in listeningLeft.indices {
                l = listeningLeft[k](l)
                r = listeningRight[k](r)
            }
            left[n] = l * outputGain
            right[n] = r * outputGain
            direct[n] = 0
        }
        if reflection != 0 { reflect(&left, &right) }
        for i in inputs.indices { inputs[i] = .zero }
        if quietBlocks == 1500 { reset() }
    }

    /// Adds the image in the lid, which lies behind in time.
    private mutating func reflect(_ left: inout [Float], _ right: inout [Float]) {
        let kept = pastLeft.count - ModeKernel.block
        for n in 0..<kept {
            pastLeft[n] = pastLeft[n + ModeKernel.block]
            pastRight[n] = pastRight[n + ModeKernel.block]
        }
        for n in 0..<ModeKernel.block {
            pastLeft[kept + n] = left[n]
            pastRight[kept + n] = right[n]
        }
        for n in 0..<ModeKernel.block {
            left[n] += reflection * pastLeft[kept + n - delayLeft]
            right[n] += reflection * pastRight[kept + n - delayRight]
        }
    }

    private mutating func resonate() {
        let (low, high) = (lowGroups, highGroups)
        // Mutable, so that it is used in place: to read it while other arrays change would count references.
        unsafe inputs.withUnsafeMutableBufferPointer { inputs in
            unsafe leftLanes.withUnsafeMutableBufferPointer { left in
                unsafe rightLanes.withUnsafeMutableBufferPointer { right in
                    guard let inputs = inputs.baseAddress, let left = left.baseAddress,
                        let right = right.baseAddress
                    else { return }
                    for g in 0..<low {
                        unsafe ModeKernel.resonate(
                            &lowModes[g], input: inputs + g * ModeKernel.block, leftWeight: lowWeights[g].left,
                            rightWeight: lowWeights[g].right, left: left, right: right)
                    }
                    for g in 0..<high {
                        let input = unsafe inputs + (low + g) * ModeKernel.block
                        unsafe ModeKernel.resonateOne(
                            &highLeft[g], input: input, weight: highWeights[g].left, into: left)
                        unsafe ModeKernel.resonateOne(
                            &highRight[g], input: input, weight: highWeights[g].right, into: right)
                    }
                }
            }
        }
    }

    /// As `PianoEngine.own`.
    mutating func own() {
        PianoEngine.own(&lowModes)
        PianoEngine.own(&highLeft)
        PianoEngine.own(&highRight)
        PianoEngine.own(&inputs)
        PianoEngine.own(&leftLanes)
        PianoEngine.own(&rightLanes)
        PianoEngine.own(&direct)
        PianoEngine.own(&directLeft)
        PianoEngine.own(&directRight)
        PianoEngine.own(&highPassLeft)
        PianoEngine.own(&highPassRight)
        PianoEngine.own(&listeningLeft)
        PianoEngine.own(&listeningRight)
        PianoEngine.own(&pastLeft)
        PianoEngine.own(&pastRight)
    }

    /// Becomes what `other` is, without allocating.
    mutating func copy(_ other: borrowing SoundboardBank) {
        PianoEngine.copy(other.lowModes, to: &lowModes)
        PianoEngine.copy(other.highLeft, to: &highLeft)
        PianoEngine.copy(other.highRight, to: &highRight)
        PianoEngine.copy(other.inputs, to: &inputs)
        PianoEngine.copy(other.direct, to: &direct)
        PianoEngine.copy(other.directLeft, to: &directLeft)
        PianoEngine.copy(other.directRight, to: &directRight)
        PianoEngine.copy(other.highPassLeft, to: &highPassLeft)
        PianoEngine.copy(other.highPassRight, to: &highPassRight)
        PianoEngine.copy(other.listeningLeft, to: &listeningLeft)
        PianoEngine.copy(other.listeningRight, to: &listeningRight)
        PianoEngine.copy(other.pastLeft, to: &pastLeft)
        PianoEngine.copy(other.pastRight, to: &pastRight)
        quietBlocks = other.quietBlocks
    }

    private mutating func reset() {
        for i in lowModes.indices { lowModes[i].clear() }
        for i in highLeft.indices { highLeft[i].clear() }
        for i in highRight.indices { highRight[i].clear() }
        for i in directLeft.indices { directLeft[i].reset() }
        for i in directRight.indices { directRight[i].reset() }
        for i in pastLeft.indices {
            pastLeft[i] = 0
            pastRight[i] = 0
        }
        for i in listeningLeft.indices { listeningLeft[i].reset() }
        for i in listeningRight.indices { listeningRight[i].reset() }
        for i in highPassLeft.indices { highPassLeft[i].reset() }
        for i in highPassRight.indices { highPassRight[i].reset() }
    }
}

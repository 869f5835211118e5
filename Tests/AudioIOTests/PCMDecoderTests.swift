import AudioIO
import Testing

@Suite struct PCMDecoderTests {
    @Test(arguments: PCMSampleFormat.allCases, [1, 2, 4])
    func `what was encoded for a device comes back from it`(_ format: PCMSampleFormat, _ channels: Int) {
        let samples: [Float] = [0, 0.5, -0.5, 0.999, -1, 0.25]
        let other: [Float] = channels == 1 ? samples : [0.125, 0, -0.75, 1e-2, 0.3, -0.6]
        var encoder = PCMEncoder(format: format, channels: channels, capacity: 6)
        encoder.encode(left: samples.span, right: other.span)
        let decoder = PCMDecoder(format: format, channels: channels)
        #expect(decoder.frameBytes == channels * format.bytes)
        var left = [Float](repeating: 9, count: 6)
        var right = left
        do {
            var l = left.mutableSpan
            var r = right.mutableSpan
            decoder.decode(encoder.bytes, left: &l, right: &r, count: 6)
        }
        for i in samples.indices {
            #expect(abs(left[i] - samples[i]) < 4e-5 && abs(right[i] - other[i]) < 4e-5, "\(left) \(right)")
        }
    }
}

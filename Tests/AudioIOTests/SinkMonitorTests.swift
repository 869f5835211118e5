import AudioIO
import Testing

@Suite("Default sink")
struct SinkMonitorTests {
    private static let second: Int64 = 1_000_000_000

    @Test("the sink is read from what PipeWire's tool writes, whatever its spaces")
    func names() {
        let table: [(String, String?)] = [
            (
                #"update: id:0 key:'default.audio.sink' value:'{"name":"auto_null"}' type:'Spa:String:JSON'"#,
                "auto_null"
            ),
            (#"update: id:0 key:'default.audio.sink' value:'{ "name": "alsa.out 1" }' type:'x'"#, "alsa.out 1"),
            (#"update: id:0 key:'default.audio.source' value:'{"name":"mic"}' type:'x'"#, nil),
            (#"remove: id:0 key:'default.audio.sink'"#, nil), (#"Found "default" metadata 35"#, nil),
            (#"update: id:0 key:'default.audio.sink' value:'{"name":""#, nil),
            (#"update: id:0 key:'default.audio.sink' value:'{"name":"#, nil), ("", nil),
        ]
        for (line, name) in table { #expect(DefaultSinkListener.name(in: line) == name, "\(line)") }
    }

    @Test("no output is told once, when it lasts, and the next output is named")
    func nobody() {
        var monitor = SinkMonitor(device: "default")
        #expect(monitor.line(["card"], now: 0) == nil)
        #expect(monitor.line(["auto_null"], now: Self.second) == nil)
        #expect(monitor.line([], now: 2 * Self.second)?.hasPrefix("default: no output is left") == true)
        #expect(monitor.line([], now: 9 * Self.second) == nil)
        #expect(monitor.line(["auto_null"], now: 10 * Self.second) == nil)
        #expect(monitor.line(["headphones"], now: 11 * Self.second) == "default plays to headphones")
        #expect(monitor.line(["card"], now: 12 * Self.second) == nil)
    }

    @Test("a moment without an output, as while a server starts, is not worth a word")
    func moment() {
        var monitor = SinkMonitor(device: "default")
        #expect(monitor.line(["auto_null"], now: 0) == nil && monitor.line([], now: Self.second / 2) == nil)
        #expect(monitor.line(["auto_null", "card"], now: Self.second / 2) == nil)
        #expect(monitor.line([], now: 5 * Self.second) == nil)
    }

    @Test("nothing is started in the first second")
    func later() {
        let listener = DefaultSinkListener(now: 0)
        #expect(listener.poll(now: Self.second / 2).isEmpty)
        listener.stop()
    }
}

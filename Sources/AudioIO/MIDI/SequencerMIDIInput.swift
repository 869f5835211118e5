import CALSA
import CAudioSupport
import Glibc

/// A port of the ALSA sequencer, to which keyboards and other programs play.
@safe
package final class SequencerMIDIInput: MIDIInput, @unchecked Sendable {
    package let name: String
    private let sequencer: OpaquePointer
    private let decoder: OpaquePointer

    /// The most bytes of one event that matter to a piano.
    private static let eventBytes = 256

    /// Subscribes to a port by number (`20:0`) or by the beginning of its client's name.
    ///
    /// - Parameter port: nil takes the first port with a keyboard behind it.
    /// - Throws: `.noDevice` without a sequencer or without such a port.
    package init(port: String?) throws(AudioIOError) {
        bp_alsa_capture_errors()
        var opened: OpaquePointer?
        guard unsafe snd_seq_open(&opened, "default", SND_SEQ_OPEN_INPUT, Int32(SND_SEQ_NONBLOCK)) == 0,
            let sequencer = unsafe opened
        else {
            throw AudioIOError(
                .noDevice, port ?? "sequencer",
                "there is no ALSA sequencer here: name a raw MIDI device, a named pipe or '-' with --midi-in")
        }
        unsafe snd_seq_set_client_name(sequencer, "beachpiano")
        let ports = unsafe Self.ports(of: sequencer)
        let wanted = port ?? ports.first.map { "\($0.client):\($0.port)" } ?? ""
        var address = snd_seq_addr_t()
        guard unsafe snd_seq_parse_address(sequencer, &address, wanted) == 0 else {
            unsafe snd_seq_close(sequencer)
            let names = ports.map { "\($0.client):\($0.port) \($0.name)" }.joined(separator: ", ")
            let there = names.isEmpty ? "no keyboard is connected" : "there are \(names)"
            throw AudioIOError(
                .noDevice, wanted, port == nil ? "no MIDI keyboard: \(there)" : "no MIDI port '\(wanted)': \(there)")
        }
        let own = unsafe snd_seq_create_simple_port(
            sequencer, "in", UInt32(SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE),
            UInt32(SND_SEQ_PORT_TYPE_APPLICATION))
        var coder: OpaquePointer?
        guard own >= 0, unsafe snd_seq_connect_from(sequencer, own, Int32(address.client), Int32(address.port)) == 0,
            unsafe snd_midi_event_new(Self.eventBytes, &coder) == 0, let decoder = unsafe coder
        else {
            unsafe snd_seq_close(sequencer)
            throw AudioIOError(.noDevice, wanted, "the MIDI port '\(wanted)' cannot be listened to")
        }
        // Each event with its status byte.
        unsafe snd_midi_event_no_status(decoder, 1)
        name = ports.first { $0.client == Int32(address.client) && $0.port == Int32(address.port) }?.name ?? wanted
        unsafe self.sequencer = sequencer
        unsafe self.decoder = decoder
    }

    deinit {
        unsafe snd_midi_event_free(decoder)
        unsafe snd_seq_close(sequencer)
    }

    package func read(milliseconds: Int32) throws(AudioIOError) -> [UInt8]? {
        var request = pollfd()
        guard unsafe snd_seq_poll_descriptors(sequencer, &request, 1, Int16(POLLIN)) == 1,
            unsafe poll(&request, 1, milliseconds) > 0
        else { return [] }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.eventBytes)
        while true {
            var event: UnsafeMutablePointer<snd_seq_event_t>?
            let status = unsafe snd_seq_event_input(sequencer, &event)
            // ENOSPC: events were lost; what follows still counts.
            if status == -ENOSPC { continue }
            guard status >= 0, let event = unsafe event else { break }
            let type = unsafe Int(event.pointee.type)
            if type == Int(SND_SEQ_EVENT_PORT_UNSUBSCRIBED.rawValue) {
                throw AudioIOError(.deviceLost, name, "\(name) was unplugged")
            }
            let count = unsafe buffer.withUnsafeMutableBufferPointer {
                unsafe snd_midi_event_decode(decoder, $0.baseAddress, $0.count, event)
            }
            if count > 0 { bytes += buffer[..<count] }
        }
        return bytes
    }

    /// Ports that can be listened to: those of keyboards first, the system's own left out.
    private static func ports(of sequencer: OpaquePointer) -> [(client: Int32, port: Int32, name: String)] {
        var client: OpaquePointer?
        var port: OpaquePointer?
        guard unsafe snd_seq_client_info_malloc(&client) == 0, unsafe snd_seq_port_info_malloc(&port) == 0 else {
            return []
        }
        defer {
            unsafe snd_seq_client_info_free(client)
            unsafe snd_seq_port_info_free(port)
        }
        let readable = UInt32(SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ)
        var found: [(client: Int32, port: Int32, name: String)] = []
        unsafe snd_seq_client_info_set_client(client, -1)
        while unsafe snd_seq_query_next_client(sequencer, client) == 0 {
            let number = unsafe snd_seq_client_info_get_client(client)
            let name = unsafe snd_seq_client_info_get_name(client).map { unsafe String(cString: $0) } ?? ""
            let own = unsafe snd_seq_client_id(sequencer)
            guard number != SND_SEQ_CLIENT_SYSTEM, number != own, name != "Midi Through" else { continue }
            unsafe snd_seq_port_info_set_client(port, number)
            unsafe snd_seq_port_info_set_port(port, -1)
            while unsafe snd_seq_query_next_port(sequencer, port) == 0 {
                guard unsafe snd_seq_port_info_get_capability(port) & readable == readable else { continue }
                found.append((number, unsafe snd_seq_port_info_get_port(port), name))
            }
        }
        return found
    }
}

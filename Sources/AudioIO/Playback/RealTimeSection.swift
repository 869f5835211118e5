/// What the audio thread does between two calls of the device, marked for the realtime sanitizer (`-DRTSAN`): there it must
/// neither allocate nor lock nor ask the system for anything.
package enum RealTimeSection {
    @inline(__always)
    package static func enter() {
        #if RTSAN
            realtimeEnter()
        #endif
    }

    @inline(__always)
    package static func leave() {
        #if RTSAN
            realtimeExit()
        #endif
    }
}

#if RTSAN
    @_silgen_name("__rtsan_realtime_enter") private func realtimeEnter()
    @_silgen_name("__rtsan_realtime_exit") private func realtimeExit()
#endif

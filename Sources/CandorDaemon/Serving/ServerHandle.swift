// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc
import Synchronization

/// Reaches a `Server` from any thread: to say that answers are ready, or to stop it.
///
/// Made before the service and the server, because the service is given `wake` and the server is
/// given the service. Every call is harmless before `Server.run()` (it takes effect once that
/// begins) and after its return (it does nothing).
public final class ServerHandle: Sendable {
    private let event: Descriptor
    private let isSignalled = Atomic<Bool>(false)
    private let stop = Atomic<Int>(Stop.none.rawValue)

    /// How soon a server was asked to stop.
    enum Stop: Int {
        case none, drain, immediately
    }

    /// A handle that no server listens to yet.
    public init() throws(ServingError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard number >= 0 else { throw ServingError.last("eventfd", "the event loop") }
        event = Descriptor(owning: number)
    }

    /// Has the loop call `RequestService.collect()` soon; calls before it does are merged.
    public func wake() {
        // The flag saves the system call when the loop has been signalled and has not looked yet.
        guard !isSignalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        while write(event.number, &one, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
    }

    /// Has the server stop: after a drain, or, when already draining or asked to, at once.
    public func requestStop(immediately: Bool = false) {
        let wanted = immediately ? Stop.immediately : .drain
        _ = stop.max(wanted.rawValue, ordering: .acquiringAndReleasing)
        wake()
    }

    /// What the loop watches.
    var descriptor: Int32 { event.number }

    /// How soon to stop.
    var requestedStop: Stop { Stop(rawValue: stop.load(ordering: .acquiring)) ?? .none }

    /// Says that the loop is about to look: what becomes ready from here on signals again.
    func clear() {
        var count: UInt64 = 0
        _ = read(event.number, &count, MemoryLayout<UInt64>.size)
        isSignalled.store(false, ordering: .sequentiallyConsistent)
    }
}

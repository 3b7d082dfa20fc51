// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// The kernel's list of descriptors to watch (epoll, level-triggered).
///
/// Level-triggered because a report that is not used up comes again: stopping in the middle of a
/// connection's input for the sake of the others needs no bookkeeping. Edge-triggered reports
/// were measured and were not faster, as a short read already says that a socket is empty.
struct Poller: ~Copyable {
    /// One report: the number a descriptor was added under, and what it is ready for.
    struct Event {
        let key: UInt64
        let readiness: Readiness
    }

    /// What a descriptor is watched for or ready for.
    struct Readiness: OptionSet, Equatable {
        let rawValue: UInt32

        static let input = Readiness(rawValue: EPOLLIN.rawValue)
        static let output = Readiness(rawValue: EPOLLOUT.rawValue)
        /// Both directions are gone; reported whether asked for or not.
        static let hangUp = Readiness(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
    }

    /// Reports fetched by one wait; more come with the next.
    static let eventsMax = 256

    private let descriptor: Descriptor
    private let buffer: UnsafeMutableBufferPointer<epoll_event>

    /// An empty list.
    init() throws(ServingError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw ServingError.last("epoll_create1", "the event loop") }
        descriptor = Descriptor(owning: number)
        buffer = .allocate(capacity: Self.eventsMax)
        buffer.initialize(repeating: epoll_event())
    }

    deinit {
        buffer.deallocate()
    }

    /// Starts to watch a descriptor under a number of the caller's choice.
    func add(_ target: Int32, key: UInt64, for readiness: Readiness) throws(ServingError) {
        try control(EPOLL_CTL_ADD, target, key, readiness)
    }

    /// Changes what a descriptor is watched for.
    func change(_ target: Int32, key: UInt64, for readiness: Readiness) throws(ServingError) {
        try control(EPOLL_CTL_MOD, target, key, readiness)
    }

    /// Stops watching a descriptor that stays open.
    func remove(_ target: Int32) throws(ServingError) {
        try control(EPOLL_CTL_DEL, target, 0, [])
    }

    private func control(
        _ operation: Int32, _ target: Int32, _ key: UInt64, _ readiness: Readiness
    ) throws(ServingError) {
        let result = candor_epoll_control(
            descriptor.number, operation, target, readiness.rawValue, key)
        guard result == 0 else { throw ServingError.last("epoll_ctl", "descriptor \(target)") }
    }

    /// Waits for reports and returns how many `event(_:)` has; nil waits without an end.
    func wait(milliseconds: Int32?) throws(ServingError) -> Int {
        let count = epoll_wait(
            descriptor.number, buffer.baseAddress, Int32(buffer.count), milliseconds ?? -1)
        if count >= 0 { return Int(count) }
        guard errno == EINTR else { throw ServingError.last("epoll_wait", "the event loop") }
        return 0
    }

    /// A report of the last wait.
    func event(_ index: Int) -> Event {
        let event = buffer[index]
        return Event(key: event.data.u64, readiness: Readiness(rawValue: event.events))
    }
}

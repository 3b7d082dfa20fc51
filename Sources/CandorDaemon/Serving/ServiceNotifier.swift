// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// Tells the service manager how the daemon does (sd_notify(3), spoken directly).
///
/// Without a service manager every call does nothing. What the manager waits for is given two seconds
/// where its queue is full, or a service that serves would be taken for one that failed to start;
/// what comes again, or is for people alone, is dropped at once then. Serving does not depend on
/// being watched.
public struct ServiceNotifier: Sendable {
    /// Something to tell.
    public enum State: Equatable {
        /// A generation is being served.
        case ready
        /// The daemon is draining.
        case stopping
        /// The configuration is being read anew; `ready` says that this is over.
        case reloading(atMicroseconds: UInt64)
        /// The loop is alive.
        case watchdog
        /// One line for people.
        case status(String)
        /// What is going on takes at most so much longer, before the next such message.
        case extendTimeout(seconds: Int)
        /// A descriptor that was kept is not needed any more.
        case forget(name: String)

        /// Whether it is said once and waited for.
        fileprivate var isAwaited: Bool {
            switch self {
            case .ready, .stopping, .reloading, .forget: true
            case .watchdog, .status, .extendTimeout: false
            }
        }

        fileprivate var line: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            // systemd takes it for one of an earlier reload without the time, in the same message.
            case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
            case .watchdog: "WATCHDOG=1"
            case .extendTimeout(let seconds): "EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)"
            case .forget(let name): "FDSTOREREMOVE=1\nFDNAME=\(name)"
            case .status(let text):
                // A line break would begin another assignment.
                "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
            }
        }
    }

    /// How long what is awaited waits for room.
    private static let patienceSeconds = 2

    private let address: String?
    private let isAbstract: Bool
    /// Nanoseconds between two `watchdog` messages, half of what is allowed; nil when not watched.
    let watchdogNanoseconds: UInt64?

    /// The service manager of this process, found in its environment.
    public init() {
        self.init(
            address: Self.environment("NOTIFY_SOCKET"),
            watchdogMicroseconds: Self.environment("WATCHDOG_USEC"),
            watchdogProcessID: Self.environment("WATCHDOG_PID"), ownProcessID: getpid())
    }

    /// A service manager at `address`, a path or an abstract name beginning with `@`.
    init(
        address: String?, watchdogMicroseconds: String? = nil, watchdogProcessID: String? = nil,
        ownProcessID: Int32 = 0
    ) {
        let isWatched = watchdogProcessID.map { Int32($0) == ownProcessID } ?? true
        let limit = watchdogMicroseconds.flatMap { UInt64($0) } ?? 0
        watchdogNanoseconds = isWatched && limit > 0 ? limit * 1000 / 2 : nil
        isAbstract = address?.hasPrefix("@") ?? false
        guard let address, isAbstract || address.hasPrefix("/") else {
            self.address = nil
            return
        }
        self.address = isAbstract ? String(address.dropFirst()) : address
    }

    /// Whether there is a service manager to tell.
    public var isListenedTo: Bool { address != nil }

    /// Sends states together, in one datagram.
    public func notify(_ states: State...) {
        send(
            states.map(\.line).joined(separator: "\n"),
            isAwaited: states.contains(where: \.isAwaited)
        ) { socket, pointer, length, message in
            sendto(socket, message, message.count, Int32(MSG_NOSIGNAL), pointer, length)
        }
    }

    /// Gives a descriptor to the service manager, to be passed to this service when it starts again.
    ///
    /// `name` has no colon. A manager that keeps none, or no more, closes it.
    public func keep(_ descriptor: Int32, name: String) {
        send("FDSTORE=1\nFDPOLL=0\nFDNAME=\(name)", isAwaited: true) {
            socket, pointer, length, message in
            candor_send_descriptor(socket, pointer, length, message, message.count, descriptor)
        }
    }

    private func send(
        _ text: String, isAwaited: Bool,
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t, [UInt8]) -> Int
    ) {
        guard let address else { return }
        let waiting = isAwaited ? 0 : SOCK_NONBLOCK.rawValue
        let type = SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | waiting
        let socket = Descriptor(owning: Glibc.socket(AF_UNIX, Int32(type), 0))
        let number = socket.number
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(
            number, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let message = Array(text.utf8)
        // Because nobody could act on it, a message that cannot be sent is dropped.
        _ = try? SocketAddress.withUnix(address, isAbstract: isAbstract) { pointer, length in
            body(number, pointer, length, message)
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

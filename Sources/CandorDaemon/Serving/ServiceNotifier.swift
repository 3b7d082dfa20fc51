// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// Tells the service manager how the daemon does (sd_notify(3), spoken directly).
///
/// Without a service manager every call does nothing. A datagram that cannot be sent is dropped:
/// serving does not depend on being watched.
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

        fileprivate var line: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            // systemd takes it for one of an earlier reload without the time, in the same message.
            case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
            case .watchdog: "WATCHDOG=1"
            case .status(let text):
                // A line break would begin another assignment.
                "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
            }
        }
    }

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

    /// Sends states together, in one datagram.
    public func notify(_ states: State...) {
        guard let address else { return }
        let type = SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let socket = Descriptor(owning: Glibc.socket(AF_UNIX, Int32(type), 0))
        let number = socket.number
        let message = Array(states.map(\.line).joined(separator: "\n").utf8)
        // Because nobody could act on it, a message that cannot be sent is dropped.
        _ = try? SocketAddress.withUnix(address, isAbstract: isAbstract) { pointer, length in
            sendto(number, message, message.count, Int32(MSG_NOSIGNAL), pointer, length)
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

extension EndToEnd {
    /// What a service manager that waits for a reload (`Type=notify-reload`) is told.
    @Suite("Reloading")
    struct Reloading {
        private let home: DaemonHome

        init() throws { home = try DaemonHome() }

        /// Sends SIGHUP and expects the reload's beginning, timed, and its end, in this order.
        private func reload(_ daemon: DaemonProcess, _ manager: borrowing NotifySocket) throws {
            let before = MonotonicClock.nanoseconds() / 1000
            #expect(kill(daemon.identifier, SIGHUP) == 0)
            // systemd takes a time before its own signal for that of an earlier reload, and looks for
            // it in the same datagram alone.
            let lines = manager.receive(beginningWith: "RELOADING=1").split(separator: "\n")
            #expect(lines.count == 2 && lines.first == "RELOADING=1", "\(lines)")
            let time = try #require(
                lines.last.flatMap { UInt64($0.dropFirst("MONOTONIC_USEC=".count)) })
            #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true)
            #expect((before...MonotonicClock.nanoseconds() / 1000).contains(time))
            let end = manager.receive()
            #expect(end.hasPrefix("READY=1\nSTATUS=serving generation 1"))
        }

        @Test("SIGHUP is announced with its time in one datagram, and its end whatever came of it")
        func announced() throws {
            let file = home.file("candord.conf")
            try Data("slow-seconds = 0.5\n".utf8).write(to: URL(fileURLWithPath: file))
            let path = home.file("notify")
            let manager = try NotifySocket(path)
            // Read from the start: the kernel holds ten datagrams, and training tells of more.
            let daemon = try DaemonProcess(
                startingIn: home, options: ["--config", file],
                environment: ["NOTIFY_SOCKET": path])
            let start = manager.receive(beginningWith: "READY=1")
            #expect(start.contains("serving generation 1"))
            try Data("slow-seconds = 0.7\n".utf8).write(to: URL(fileURLWithPath: file))
            try reload(daemon, manager)
            try daemon.waitForLog("slow-seconds: 0.5 before, 0.7 now, applied")
            try Data("slow-second = 0.7\n".utf8).write(to: URL(fileURLWithPath: file))
            try reload(daemon, manager)
            try daemon.waitForLog("configuration refused")
            daemon.terminate()
            let stop = manager.receive(beginningWith: "STOPPING=1")
            #expect(stop.hasPrefix("STOPPING=1"))
            #expect(try daemon.waitForEnd() == .exited(0))
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

@testable import CandorDaemon

/// A thread that a server runs on, which ends at once when the test lets go of this.
final class ServerThread {
    /// Where the server listens.
    let names: [String]
    private let handle: ServerHandle
    private let ended = DispatchSemaphore(value: 0)

    /// Runs `server`, which was made with `handle`, and gives it up when it has ended.
    init(_ server: Server, handle: ServerHandle) {
        names = server.names
        self.handle = handle
        let start = Start(server: server)
        let ended = ended
        Thread {
            do {
                try start.take()?.run()
            } catch {
                fatalError("the server failed: \(error)")
            }
            ended.signal()
        }.start()
    }

    deinit { stop() }

    /// Stops the server at once, unless it has ended, and waits until it has.
    func stop() {
        handle.requestStop(immediately: true)
        waitUntilEnded()
    }

    /// Waits until the server has ended, and been let go of, by itself.
    func waitUntilEnded() {
        ended.wait()
        ended.signal()
    }

    /// Carries the server to its thread.
    ///
    /// `@unchecked Sendable` because it is handed over before that thread starts and used there
    /// alone afterwards.
    private final class Start: @unchecked Sendable {
        private(set) var server: Server?

        init(server: Server) { self.server = server }

        func take() -> Server? { server.take() }
    }
}

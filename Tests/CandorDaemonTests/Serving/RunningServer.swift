// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization

@testable import CandorDaemon

/// A server on a thread of its own, stopped at once when the test lets it go.
final class RunningServer {
    let service: FakeService
    let handle: ServerHandle
    let log = LogRecorder()
    /// Where it listens.
    let names: [String]
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ endpoints: [Endpoint], options: ServingOptions = ServingOptions(),
        notifier: ServiceNotifier = ServiceNotifier(address: nil),
        service: FakeService = FakeService(), handle: ServerHandle? = nil
    ) throws {
        let handle = try handle ?? ServerHandle()
        let start = Start(
            server: try Server(
                service: service, serverName: "candord/test", handle: handle,
                endpoints: endpoints, options: options, notifier: notifier, log: log.logger))
        self.service = service
        self.handle = handle
        names = start.server?.names ?? []
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

    convenience init(
        _ path: String, options: ServingOptions = ServingOptions()
    ) throws {
        try self.init([.unix(path)], options: options)
    }

    deinit {
        handle.requestStop(immediately: true)
        ended.wait()
    }

    /// Waits until the server has ended, and been let go of, by itself.
    func waitUntilEnded() {
        ended.wait()
        ended.signal()
    }

    /// Has the server collect what the service made ready.
    func wake() { handle.wake() }

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

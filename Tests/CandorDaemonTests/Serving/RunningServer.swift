// SPDX-License-Identifier: GPL-3.0-or-later

@testable import CandorDaemon

/// A server on a thread of its own, stopped at once when the test lets it go.
final class RunningServer {
    let service: FakeService
    let handle: ServerHandle
    let log = LogRecorder()
    /// Where it listens.
    let names: [String]
    private let thread: ServerThread

    init(
        _ endpoints: [Endpoint], options: ServingOptions = ServingOptions(),
        notifier: ServiceNotifier = ServiceNotifier(address: nil),
        service: FakeService = FakeService(), handle: ServerHandle? = nil
    ) throws {
        let handle = try handle ?? ServerHandle()
        self.service = service
        self.handle = handle
        thread = ServerThread(
            try Server(
                service: service, serverName: "candord/test", handle: handle,
                endpoints: endpoints, options: options, notifier: notifier, log: log.logger),
            handle: handle)
        names = thread.names
    }

    convenience init(
        _ path: String, options: ServingOptions = ServingOptions()
    ) throws {
        try self.init([.unix(path)], options: options)
    }

    /// Waits until the server has ended, and been let go of, by itself.
    func waitUntilEnded() { thread.waitUntilEnded() }

    /// Has the server collect what the service made ready.
    func wake() { handle.wake() }
}

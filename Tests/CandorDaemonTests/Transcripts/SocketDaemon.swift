// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import TestSupport

@testable import CandorDaemon

/// A real server on an engine, on a thread of its own.
final class SocketDaemon {
    /// Where it listens.
    enum Transport {
        case unix, tcp
    }

    let engine: TranscriptEngine
    private let directory: TemporaryDirectory
    private let thread: ServerThread
    private let transport: Transport

    init(_ states: TranscriptStates, over transport: Transport) throws {
        let handle = try ServerHandle()
        directory = try TemporaryDirectory()
        engine = try TranscriptEngine(states, sharesScans: true, wake: { handle.wake() })
        self.transport = transport
        let endpoint: Endpoint =
            switch transport {
            case .unix: .unix(directory.file("s"), role: states.role)
            case .tcp: .tcp(try NetworkAddress("127.0.0.1:0"), role: states.role)
            }
        thread = ServerThread(
            try Server(
                service: engine.service, serverName: ServerName.full, handle: handle,
                endpoints: [endpoint], options: try states.servingOptions(),
                notifier: ServiceNotifier(address: nil),
                log: LogRecorder().logger),
            handle: handle)
    }

    func connect() throws -> any TranscriptConnection {
        switch transport {
        case .unix: try TestClient(unix: thread.names[0])
        case .tcp: try TestClient(tcp: thread.names[0])
        }
    }

    /// Stops the server, if it has not ended, and waits for that.
    deinit { thread.stop() }
}

extension TestClient: TranscriptConnection {}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import Foundation

/// A running `candord serve`, killed with the last reference.
final class DaemonProcess {
    private let program: ChildProgram
    /// The socket it listens on.
    let socket: String

    /// Starts a daemon without waiting until it serves.
    ///
    /// Takes the state directory, the socket and the data from `home` where none is given; without
    /// `hasData` there is no data. With `tcp` it also listens there. `options` are further
    /// flags, `environment` is added, `launcher` is a command that becomes the daemon. The gates that
    /// train again are off.
    init(
        startingIn home: DaemonHome, state: String? = nil, socket: String? = nil,
        data: String? = nil, hasData: Bool = true, tcp: String? = nil, options: [String] = [],
        environment: [String: String] = [:], launcher: [String] = []
    ) throws {
        self.socket = socket ?? home.socket
        var arguments = ["serve", "--state", state ?? home.state, "--socket", self.socket]
        if hasData { arguments += ["--data", data ?? home.data] }
        for gate in ["rmse", "ndcg", "gap-rmse", "gap-ndcg"] {
            arguments += ["--gate-\(gate)", "off"]
        }
        if let tcp { arguments += ["--tcp", tcp] }
        program = try ChildProgram(
            "candord", arguments + options, environment: environment, launcher: launcher)
    }

    /// Starts a daemon and waits until it serves.
    static func serving(
        _ home: DaemonHome, flags: [String] = [], environment: [String: String] = [:]
    ) throws -> DaemonProcess {
        let daemon = try DaemonProcess(startingIn: home, options: flags, environment: environment)
        try daemon.waitForLog("listening")
        return daemon
    }

    /// The number of the process.
    var identifier: Int32 { program.identifier }
    /// Its resident memory at this moment.
    func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(identifier)/statm", encoding: .utf8)
        guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw EndToEndError.unexpected(text)
        }
        return pages * Int(getpagesize())
    }

    /// What it has logged so far.
    var log: String { program.errors.text }

    /// Waits until a line with `words` is logged.
    func waitForLog(_ words: String) throws { try program.errors.waitForLine(containing: words) }

    /// Waits until it listens on a TCP port of the kernel's choice and returns the address.
    func tcpAddress() throws -> String {
        try waitForLog("listening on 127.0.0.1:")
        let words = log.split(whereSeparator: \.isWhitespace)
        guard let address = words.last(where: { $0.hasPrefix("127.0.0.1:") }) else {
            throw EndToEndError.unexpected(log)
        }
        return String(address)
    }

    /// A new conversation with it, past the greeting.
    func client() throws -> RawClient { try RawClient(socket) }

    /// A new conversation through the client library.
    func connection() throws -> Connection {
        try Connection(
            to: CandorClient.Endpoint(socketPath: socket), timeoutSeconds: EndToEnd.timeoutSeconds)
    }

    /// Sends SIGTERM.
    func terminate() { program.terminate() }

    /// Waits for its end.
    func waitForEnd() throws -> ChildProgram.Ending { try program.waitForEnd() }

    /// Sends SIGTERM and waits for its end.
    func stop() throws -> ChildProgram.Ending {
        terminate()
        return try waitForEnd()
    }

    /// Sends SIGKILL and waits for its end.
    func kill() throws -> ChildProgram.Ending {
        program.kill()
        return try waitForEnd()
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import Glibc

/// The demo's private daemon: its program, its process, and its log.
final class DemoDaemon {
    let endpoint: Endpoint
    private let process: ChildProcess
    private var log: LogTail

    private static let pollSeconds = 0.02

    /// Starts a daemon that keeps everything in `directory` and trains on `data`.
    init(program: String, directory: String, data: String) throws(DemoError) {
        let socket = directory + "/candord.sock"
        let logPath = directory + "/candord.log"
        do { endpoint = try Endpoint(socketPath: socket) } catch {
            throw .client(.connection(error))
        }
        process = try ChildProcess(
            program,
            [
                "serve", "--state", directory + "/state", "--socket", socket, "--data", data,
                "--quality", "fast",
            ],
            logPath: logPath)
        log = LogTail(path: logPath)
    }

    /// The path of the daemon's program, which lies beside this one.
    static func program() throws(DemoError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let bytes = buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
        let own = String(decoding: bytes, as: UTF8.self)
        let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? "."
        let path = "\(folder)/candord"
        guard access(path, X_OK) == 0 else { throw .noProgram(path) }
        return path
    }

    /// Waits until the daemon answers, showing how its training goes.
    func waitUntilReady(
        showing progress: ProgressDisplay, signals: SignalChannel, say: (String) -> Void
    ) throws(DemoError) {
        defer { progress.clear() }
        while true {
            for line in log.newLines() {
                if let step = LogTail.step(in: line) {
                    progress.show(step.fraction, stage: step.stage)
                } else {
                    progress.clear()
                    say(LogTail.message(of: line))
                }
            }
            if Endpoint.somethingIs(at: endpoint.description), answers() { return }
            try checkAlive()
            guard signals.wait(seconds: Self.pollSeconds) == nil else { throw .interrupted }
        }
    }

    /// Throws the end of the log if the daemon has ended.
    func checkAlive() throws(DemoError) {
        guard process.ending() != nil else { return }
        _ = log.newLines()
        throw .daemonEnded(log.lastLines)
    }

    /// Stops the daemon and waits until it has ended.
    func stop() { process.stop() }

    private func answers() -> Bool {
        do {
            _ = try Connection(to: endpoint, timeoutSeconds: 1)
            return true
        } catch {
            // The socket exists a moment before the daemon accepts on it.
            return false
        }
    }
}

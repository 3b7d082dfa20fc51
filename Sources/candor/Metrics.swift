// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import CandorProtocol
internal import Foundation

/// `candor metrics`: the daemon's figures as a page in Prometheus' text format.
struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the daemon's figures in Prometheus' text format, or keep them in a file.",
        discussion: """
            With --textfile the file is replaced whole, so that node_exporter's textfile collector \
            never reads half a page; its name must end in .prom. Without a daemon the file stays \
            as it is, the exit status is 2, and the file's age tells.
            """)

    @OptionGroup var client: ClientOptions

    @Option(help: .init("Replace this file instead of printing.", valueName: "path"))
    var textfile: String?

    /// How long to wait for a daemon that hangs.
    private static let timeoutSeconds = 10.0

    /// Checks the file's name.
    func validate() throws {
        if let textfile, !textfile.hasSuffix(".prom") {
            throw ValidationError("node_exporter reads files that end in .prom: \(textfile)")
        }
    }

    func run() throws {
        do throws(ClientError) {
            let page = try page()
            guard let textfile else { return try Output().write(page) }
            try Self.replace(textfile, with: page)
        } catch {
            Output.writeError("candor: \(SafeText.of(error.description))")
            throw ExitCode(error.exitStatus.rawValue)
        }
    }

    /// The page's lines.
    private func page() throws(ClientError) -> [String] {
        let daemon = try client.daemon(environment: ProcessInfo.processInfo.environment)
        do throws(ConnectionError) {
            let connection = try daemon.connect(timeoutSeconds: Self.timeoutSeconds)
            switch try connection.ask("METRICS", timeoutSeconds: Self.timeoutSeconds) {
            case .success(let reply): return reply.rows.compactMap { $0.first ?? nil }
            case .failure(let error): throw ConnectionError.badReply(daemon.endpoint, error.message)
            }
        } catch {
            throw .connection(error)
        }
    }

    /// Writes beside the file first, so that a reader finds the old page or the new one.
    private static func replace(_ path: String, with page: [String]) throws(ClientError) {
        let unfinished = path + ".new"
        try Output(path: unfinished).write(page)
        guard rename(unfinished, path) == 0 else {
            throw .file(path, String(cString: strerror(errno)))
        }
    }
}

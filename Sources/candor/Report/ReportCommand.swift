// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import CandorProtocol
internal import Foundation

/// `candor report FILE`: has the daemon report on its serving generation and writes the page.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the daemon's report on itself as one HTML page.",
        discussion: """
            The daemon measures: data, models beside baselines, the audit, limits. The page needs \
            nothing else and can be read, printed and kept. Measuring takes a minute or two, once \
            for each generation. ^C cancels.
            """)

    @OptionGroup var client: ClientOptions

    @Argument(help: .init("Where to write the page.", valueName: "file"))
    var page: String

    @Option(
        help: .init("Also write every number of the page here, as JSON.", valueName: "file"))
    var numbers: String?

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let terminal = Terminal(environment: environment, allowsColour: !client.noColor)
        let status: ExitStatus
        do throws(ClientError) {
            status = try run(environment, terminal)
        } catch {
            Output.writeError("candor: \(SafeText.of(error.description))")
            status = error.exitStatus
        }
        if status != .ok { throw ExitCode(status.rawValue) }
    }

    private func run(
        _ environment: [String: String], _ terminal: Terminal
    ) throws(ClientError) -> ExitStatus {
        let session = Session(
            daemon: try client.daemon(environment: environment), terminal: terminal, format: .tsv,
            manners: .init(),
            signals: SignalChannel([SIGINT]))
        try session.connect()
        let requests = [(ReportForm.page, page)] + (numbers.map { [(.numbers, $0)] } ?? [])
        for (form, path) in requests {
            session.format = form == .numbers ? .json : .tsv
            let answer = try session.ask(Request.report(form).line)
            let status = try write(answer, to: path, session)
            if status != .ok { return status }
        }
        return .ok
    }

    private func write(
        _ answer: Answer, to path: String, _ session: Session
    ) throws(ClientError) -> ExitStatus {
        switch answer {
        case .reply(let reply):
            try Self.write(reply.rows.map { ($0.first ?? nil) ?? "" }, to: path)
        case .json(let line, isGranted: true): try Self.write([line], to: path)
        case .json(let line, isGranted: false):
            Output.writeError(SafeText.of(line))
            return .refused
        case .refusal(let error):
            Output.writeError("candor: \(SafeText.of("\(error.name): \(error.message)"))")
            return .refused
        case .cancelled, .terminated:
            session.notice("cancelled; \(path) was not written")
            return .noConnection
        case .unwritten(let error): throw error
        }
        session.notice("wrote \(path)")
        return .ok
    }

    /// Writes all lines or leaves what was there.
    private static func write(_ lines: [String], to path: String) throws(ClientError) {
        do {
            try Data((lines.joined(separator: "\n") + "\n").utf8)
                .write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .file(path, error.localizedDescription)
        }
    }
}

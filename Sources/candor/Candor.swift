// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import Foundation

/// The command line client: a REPL on a terminal, a filter for scripts otherwise.
@main
struct Candor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candor",
        abstract: "Talk to candord, the recommender daemon.",
        discussion: """
            On a terminal, starts a conversation with line editing, completion and history. With \
            -c or -f, or with requests on standard input, runs them and exits: 0 when all went \
            well, 1 for wrong usage, 2 without a connection, 3 when the daemon refused a request.
            """,
        subcommands: [Demo.self, Metrics.self, Verify.self, ReportCommand.self])

    @OptionGroup var client: ClientOptions

    @Option(
        name: .customShort("c"),
        help: .init("A request to run; may be given several times.", valueName: "request"))
    var commands: [String] = []

    @Option(
        name: .customShort("f"),
        help: .init("A file of requests to run, after those of -c.", valueName: "file"))
    var file: String?

    /// Parses the command line and runs it; wrong usage exits with 1.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Output.writeError(fullMessage(for: error))
            Foundation.exit(ExitStatus.usage.rawValue)
        }
    }

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let status = run(environment: environment)
        if status != .ok { throw ExitCode(status.rawValue) }
    }

    private func run(environment: [String: String]) -> ExitStatus {
        let terminal = Terminal(environment: environment, allowsColour: !client.noColor)
        do throws(ClientError) {
            let daemon = try client.daemon(environment: environment)
            let format = client.format(showsOutput: terminal.showsOutput)
            guard terminal.isInteractive, commands.isEmpty, file == nil else {
                let session = Session(
                    daemon: daemon, terminal: terminal, format: format,
                    manners: .init(isConfirmed: client.yes))
                return try Script(commands: commands, file: file).run(in: session)
            }
            let signals = SignalChannel([SIGINT])
            let session = Session(
                daemon: daemon, terminal: terminal, format: format,
                manners: .person(isConfirmed: client.yes), signals: signals)
            try Repl(
                session: session, signals: signals,
                historyPath: HistoryFile.path(environment: environment)
            ).run()
            return .ok
        } catch {
            Output.writeError("candor: \(SafeText.of(error.description))")
            return error.exitStatus
        }
    }
}

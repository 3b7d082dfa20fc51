// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import CandorProtocol
internal import Foundation

/// `candor demo`: a private daemon on real data, a tour of what it does, and the REPL.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a private daemon, show what it does, and hand it over.",
        discussion: """
            Uses --data, else the ml-1m folder in CANDOR_DATA, else an earlier fetch, else fetches \
            MovieLens 1M, else makes up synthetic data. Everything else is kept in a temporary \
            directory, which is removed at the end. Without a terminal the tour is printed and the \
            program exits; 130 means that it was interrupted.
            """)

    @Option(help: .init("The data: a folder or a ratings file.", valueName: "path"))
    var data: String?

    @Option(help: .init("The user to show.", valueName: "id"))
    var user: String?

    @Flag(help: "Keep the temporary directory: state, log and made-up data.")
    var keep = false

    @Flag(help: "Write no colours (also: NO_COLOR).")
    var noColor = false

    private static let interruptedStatus: Int32 = 130

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let terminal = Terminal(environment: environment, allowsColour: !noColor)
        // So that a closed pipe ends the demo through its cleaning up, not before it.
        signal(SIGPIPE, SIG_IGN)
        let signals = SignalChannel([SIGINT, SIGTERM, SIGHUP])
        do throws(DemoError) {
            try run(environment, terminal, signals)
        } catch {
            Output.writeError("candor: \(error.description)")
            throw ExitCode(status(of: error))
        }
    }

    private func status(of error: DemoError) -> Int32 {
        switch error {
        case .interrupted: Self.interruptedStatus
        case .client(let error): error.exitStatus.rawValue
        case .refused: ExitStatus.refused.rawValue
        case .daemonEnded: ExitStatus.noConnection.rawValue
        case .noProgram, .noData, .system, .stepFailed, .noUser: ExitStatus.usage.rawValue
        }
    }

    private func run(
        _ environment: [String: String], _ terminal: Terminal, _ signals: SignalChannel
    ) throws(DemoError) {
        let start = ContinuousClock.now
        let program = try DemoDaemon.program()
        let directory = try TemporaryDirectory(environment: environment, isKept: keep)
        let say = { (line: String) in
            Output.writeError(terminal.errorTheme.dressed(line, .faint))
        }
        let data = try DemoDataPreparation(
            program: program, directory: directory.path, signals: signals, say: say
        ).path(given: data, environment: environment)
        let daemon = try DemoDaemon(program: program, directory: directory.path, data: data)
        defer { daemon.stop() }
        let session = Session(
            daemon: Daemon(endpoint: daemon.endpoint), terminal: terminal, format: .table,
            manners: .person(isConfirmed: true), signals: signals)
        try daemon.waitUntilReady(showing: session.progress, signals: signals, say: say)
        do throws(DemoError) {
            try Tour(session: session, start: start).run(user: user)
            if terminal.isInteractive { try handOver(session, environment, signals) }
        } catch {
            if case .client = error { try daemon.checkAlive() }
            throw error
        }
        if keep { say("kept in \(directory.path)") }
    }

    private func handOver(
        _ session: Session, _ environment: [String: String], _ signals: SignalChannel
    ) throws(DemoError) {
        do throws(ClientError) {
            try session.output.write([""])
            let history = HistoryFile.path(environment: environment)
            try Repl(session: session, signals: signals, historyPath: history).run()
        } catch {
            throw .client(error)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
import CandorDaemon
import CandorProtocol
import Factors
public import Logging
import RatingFiles

/// `candord serve`: loads or trains a generation and serves it until told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve recommendations on a Unix socket, and on loopback TCP if asked to.",
        discussion: """
            The first start needs --data and trains on it; later starts load the generation that \
            served last from the state directory and are ready at once. Logs go to the standard \
            error. SIGTERM finishes what is under way and stops.
            """)

    @Option(help: "Where generations and ratings are kept; made if it does not exist.")
    var state: String

    @Option(help: "The Unix socket to listen on; not needed when systemd passes one.")
    var socket: String?

    @Option(help: "Also listen on this loopback ADDRESS:PORT, for reading and rating only.")
    var tcp: String?

    @Option(help: "The data to train the first generation on: a folder, a file or an import.")
    var data: String?

    @Option(help: "How the first generation's ratings are learned: best, or fast at some accuracy.")
    var quality: Quality = .best

    @Flag(help: "Leave bad lines of the data out and count them instead of refusing the data.")
    var skipBadLines = false

    @Option(help: "Threads to train and audit with; results do not depend on it.")
    var threads = ProcessorCount.online

    @Option(help: "How much to log: trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    @Option(help: "Seconds that requests under way get to finish when the daemon stops.")
    var drainSeconds = 10.0

    enum Quality: String, ExpressibleByArgument, CaseIterable {
        case best
        case fast
    }

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        guard drainSeconds >= 0 else {
            throw ValidationError("--drain-seconds must not be below 0")
        }
    }

    func run() throws {
        var log = Logger(label: "candord") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = logLevel
        do {
            try serve(log)
        } catch let error as any CustomStringConvertible & Error {
            log.critical("\(error.description)")
            throw ExitCode.failure
        }
    }

    private func serve(_ log: Logger) throws {
        // Before anything starts a thread: threads inherit the blocked signals.
        let signals = try SignalSource()
        let endpoints = try endpoints()
        let directory = try StateDirectory(state)
        let store = try GenerationStore(directory, logger: log)
        let journal = try Journal.open(directory.journalPath)
        for notice in journal.notices { log.notice("\(notice)") }
        try UnfinishedForgetting.finish(journal, store, log: log)
        let generation = try FirstGeneration(
            data: data, skipBadLines: skipBadLines,
            options: TrainingOptions(rating: quality == .fast ? .fast : .bayes), threads: threads,
            store: store, log: log
        ).obtain()
        try journal.requireReach(generation.manifest.journalSequence)
        let handle = try ServerHandle()
        let engine = try Engine(
            generation: generation, store: store, journal: journal, threads: threads, log: log,
            wake: { handle.wake() })
        defer { engine.close() }
        var options = ServingOptions()
        options.drainSeconds = drainSeconds
        let server = try Server(
            service: engine, serverName: ServerName.full, handle: handle, endpoints: endpoints,
            options: options, signals: signals, log: log)
        try server.run()
    }

    /// Where to listen: what systemd passes comes first.
    private func endpoints() throws -> [Endpoint] {
        var endpoints = try InheritedSocket.all().map { Endpoint.inherited($0) }
        if let socket { endpoints.append(.unix(socket)) }
        if let tcp { endpoints.append(.tcp(try LoopbackAddress(tcp), role: .writer)) }
        guard !endpoints.isEmpty else {
            throw ValidationError("nowhere to listen: give --socket PATH")
        }
        return endpoints
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

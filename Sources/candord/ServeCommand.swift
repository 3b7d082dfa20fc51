// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import CandorProtocol
import Credentials
import Factors
import Logging

/// `candord serve`: loads or trains a generation and serves it until told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve recommendations on a Unix socket, and on TCP if asked to.",
        discussion: """
            The first start needs data and trains on it; later starts load the generation that \
            served last from the state directory and are ready at once. Settings come from the \
            file of --config, over it the environment (CANDORD_SOCKET and so on), over both the \
            flags. Logs go to the standard error. SIGHUP reads the configuration anew; SIGTERM \
            finishes what is under way and stops. The exit status is 78 when the configuration must \
            be mended first: `candord check` explains it.
            """)

    @OptionGroup var settings: SettingFlags

    func run() throws {
        let level = SharedLogLevel(.info)
        let log = Logger(label: "candord") { _ in ServiceLogHandler(level: level) }
        do {
            let layers = ConfigurationLayers(settings)
            let configuration = try layers.read()
            level.follow(configuration)
            let inherited = try InheritedSocket.all()
            let handed = try InheritedSocket.handedGeneration()
            try Surroundings(configuration, hasInheritedSockets: !inherited.isEmpty).refuse()
            let live = LiveConfiguration(
                configuration, read: layers.read, apply: { level.follow($0) })
            try serve(live, inherited, handed, log)
        } catch let problems as ConfigurationProblems {
            for problem in problems.problems { log.critical("\(problem)") }
            throw ConfigurationExit.code
        } catch let error as any CustomStringConvertible & Error {
            log.critical("\(error.description)")
            throw ExitCode.failure
        }
    }

    private func serve(
        _ live: LiveConfiguration, _ inherited: [InheritedSocket], _ handed: HandedGeneration?,
        _ log: Logger
    ) throws {
        let notifier = ServiceNotifier()
        // Before anything starts a thread: threads inherit the blocked signals.
        let signals = try SignalSource()
        let configuration = live.current
        let threads = configuration.integer(.threads) ?? ProcessorCount.online
        let endpoints = try Self.endpoints(configuration, inherited)
        guard let state = configuration.text(.state) else {
            throw ConfigurationProblems(unset: .state)
        }
        let directory = try StateDirectory(state)
        let store = try GenerationStore(
            directory, logger: log,
            keptCount: configuration.integer(.generationsKept) ?? GenerationStore.keptCountDefault)
        let journal = try Journal.open(
            directory.journalPath, holdPath: directory.generationsPath, toleratesFullDisk: true)
        for notice in journal.notices { log.notice("\(notice)") }
        try UnfinishedForgetting.finish(journal, store, log: log)
        let isFast = configuration.text(.quality) == "fast"
        var options = TrainingOptions(rating: isFast ? .fast : .bayes)
        options.demographics = configuration.names(.demographics)
        let generation = try FirstGeneration(
            data: configuration.text(.data), skipBadLines: configuration.flag(.skipBadLines),
            options: options, threads: threads, store: store, handed: handed, notifier: notifier,
            log: log
        ).obtain()
        // What is mapped stays; the next daemon gets what serves when this one stops.
        for name in handed?.names ?? [] { notifier.notify(.forget(name: name)) }
        handed?.close()
        try journal.requireReach(generation.manifest.journalSequence)
        let handle = try ServerHandle()
        let engine = try Engine(
            generation: generation, store: store, journal: journal, threads: threads,
            configuration: live, authenticator: try Self.authenticator(configuration), log: log,
            wake: { handle.wake() })
        defer { engine.close() }
        let serving = configuration.servingOptions
        DescriptorLimit.raise(forConnections: serving.connectionsMax)
        let server = try Server(
            service: engine, serverName: ServerName.full, handle: handle, endpoints: endpoints,
            options: serving, signals: signals, notifier: notifier, log: log)
        try server.run()
        let patience = TimeoutExtension(notifier, reason: "finishing what must not be lost")
        defer { patience.stop() }
        engine.close()
        handOver(engine.generation, store, notifier, log)
    }

    /// Leaves the generation that served with the service manager for the daemon that starts next.
    private func handOver(
        _ number: Int, _ store: GenerationStore, _ notifier: ServiceNotifier, _ log: Logger
    ) {
        guard notifier.isListenedTo else { return }
        do {
            try store.handOver(number) { notifier.keep($1, name: $0) }
        } catch {
            log.warning("generation \(number) is not handed over: \(error)")
        }
    }

    /// Where to listen: what systemd passes comes first.
    private static func endpoints(
        _ configuration: Configuration, _ inherited: [InheritedSocket]
    ) throws -> [Endpoint] {
        // Whoever must prove something begins with nothing.
        let networkRole = configuration.text(.tokenFile) == nil ? Role.writer : .guest
        var endpoints = inherited.map { Endpoint.inherited($0, networkRole: networkRole) }
        if let socket = configuration.text(.socket) {
            endpoints.append(.unix(socket, mode: configuration.mode(.socketMode) ?? 0o660))
        }
        if let socket = configuration.text(.readonlySocket) {
            endpoints.append(.unix(socket, role: .reader, mode: 0o666))
        }
        if let tcp = configuration.text(.tcp) {
            endpoints.append(.tcp(try NetworkAddress(tcp), role: networkRole))
        }
        guard !endpoints.isEmpty else { throw ConfigurationProblems(unset: .socket) }
        return endpoints
    }

    private static func authenticator(_ configuration: Configuration) throws -> Authenticator? {
        guard let path = configuration.text(.tokenFile) else { return nil }
        return try Authenticator { () throws(TokenFileError) in
            try TokenFile.read(path, credentialsDirectory: Surroundings.credentials)
        }
    }
}

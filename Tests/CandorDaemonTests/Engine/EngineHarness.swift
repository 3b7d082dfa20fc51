// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import Logging
import TestSupport
import Testing

@testable import CandorDaemon
@testable import Credentials

/// An engine on a state directory of its own with a clock that stands still, spoken to in lines.
///
/// Every reply is checked against the shape that the verb table promises.
final class EngineHarness {
    /// An answer that did not come in time.
    struct NoAnswer: Error {}

    /// A directory without an intact generation to start from.
    struct NothingToServe: Error {}

    /// A line that the parser refused: the test is wrong.
    struct BadLine: Error {
        let line: String
        let error: WireError
    }

    /// What the engine's clock says, in seconds since 1970: 2027-01-15.
    static let now = 1_800_000_000

    /// Settings without the gates that train again, which most tests would wait for in vain.
    static let ungated = """
        gate-rmse = off
        gate-ndcg = off
        gate-gap-rmse = off
        gate-gap-ndcg = off
        """

    let scratch: ScratchDirectory
    let store: GenerationStore
    let journal: Journal
    let engine: Engine
    private(set) var progress: [Ticket: [CandorProtocol.Progress]] = [:]
    private(set) var events: [Ticket: [Event]] = [:]
    private var answers: [Ticket: Answer] = [:]
    private var lastSequence = 0
    /// What RELOAD reads.
    let settingsFile: SettingsFile
    /// What the engine has logged.
    let log = LogRecorder()
    /// The engine's clock, which begins at `now`.
    let clock = SteeredClock(EngineHarness.now)
    private let woken: DispatchSemaphore

    /// Serves `generation`, saved; `wake` is called beside the harness's own, `settings` is the text of a
    /// configuration file, and with `sharesScans` lists wait for each other as those of large
    /// catalogues do.
    convenience init(
        _ generation: Generation, threads: Int = 1, hasFullJournal: Bool = false,
        settings: String = ungated, sharesScans: Bool = false,
        wake: @escaping @Sendable () -> Void = {}
    ) throws {
        let scratch = try ScratchDirectory()
        let (directory, store) = try Self.open(scratch)
        try store.save(generation)
        try store.promote(generation.number)
        let journal = try Journal.open(directory.journalPath)
        if hasFullJournal { try journal.fill() }
        try self.init(
            generation, scratch: scratch, store: store, journal: journal, threads: threads,
            settings: settings, sharesScans: sharesScans, wake: wake)
    }

    /// Serves what another harness, which must be gone, has left in its directory.
    convenience init(reopening scratch: ScratchDirectory, settings: String = ungated) throws {
        let (directory, store) = try Self.open(scratch)
        guard case .ready(let generation) = try store.start(at: Self.now) else {
            throw NothingToServe()
        }
        try self.init(
            generation, scratch: scratch, store: store,
            journal: try Journal.open(directory.journalPath), threads: 1,
            settings: settings, sharesScans: false, wake: {})
    }

    private init(
        _ generation: Generation, scratch: ScratchDirectory, store: GenerationStore,
        journal: Journal, threads: Int, settings: String, sharesScans: Bool,
        wake: @escaping @Sendable () -> Void
    ) throws {
        self.scratch = scratch
        self.store = store
        self.journal = journal
        let woken = DispatchSemaphore(value: 0)
        self.woken = woken
        settingsFile = SettingsFile(settings)
        engine = try Engine(
            generation: generation, store: store, journal: journal, threads: threads,
            configuration: LiveConfiguration(try settingsFile.read(), read: settingsFile.read),
            authenticator: try Authenticator { () throws(TokenFileError) in
                try TokenFile([], path: "tokens")
            }, clock: clock.clock, log: log.logger,
            sharedScanMin: sharesScans ? 0 : Engine.sharedScanMin,
            wake: {
                woken.signal()
                wake()
            })
    }

    private static func open(
        _ scratch: ScratchDirectory
    ) throws -> (directory: StateDirectory, store: GenerationStore) {
        let directory = try StateDirectory(scratch.file("state"))
        return (directory, try GenerationStore(directory, logger: LogRecorder().logger))
    }

    /// Serves the planted generation.
    convenience init() throws { try self.init(PlantedGeneration.first()) }

    deinit { engine.close() }

    /// Begins a request; its answer may be there at once or come later.
    func begin(_ line: String, connection: Int = 1, role: Role = .operator) throws -> Ticket {
        let ticket = Ticket(connection: connection, sequence: lastSequence)
        lastSequence += 1
        let request: Request
        do {
            request = try RequestParser.parse(line, role: role).request.get()
        } catch {
            throw BadLine(line: line, error: error)
        }
        if let answer = engine.begin(request, ticket: ticket, role: role) {
            answers[ticket] = answer
        }
        return ticket
    }

    /// Takes what became ready; the loop's part in a daemon.
    func collect() {
        for delivery in engine.collect() {
            switch delivery {
            case .progress(let ticket, let progress):
                self.progress[ticket, default: []] += [progress]
            case .event(let ticket, let event): events[ticket, default: []] += [event]
            case .answer(let ticket, let answer): answers[ticket] = answer
            }
        }
    }

    /// Waits until the engine wakes its loop; fails when that takes too long.
    func waitForWake() throws {
        guard woken.wait(timeout: .now() + Sanitizer.patience(60)) == .success else {
            throw NoAnswer()
        }
    }

    /// Waits for the answer to a request that was begun.
    func answer(to ticket: Ticket) throws -> Answer {
        while true {
            if let answer = answers.removeValue(forKey: ticket) { return answer }
            try waitForWake()
            collect()
        }
    }

    /// Waits for the first progress line of a request.
    func waitForProgress(of ticket: Ticket) throws {
        while progress[ticket] == nil {
            try waitForWake()
            collect()
        }
    }

    /// Asks and waits for the answer.
    func ask(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        let answer = try answer(to: begin(line))
        if case .success(let reply) = answer.response,
            let verb = RequestParser.parse(line, role: .operator).verb
        {
            let problems = ReplyShape.problems(reply, for: verb)
            #expect(problems.isEmpty, "\(line)", sourceLocation: sourceLocation)
        }
        return answer
    }

    /// Asks for something that must succeed.
    @discardableResult
    func reply(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Reply {
        try ask(line, sourceLocation: sourceLocation).response.get()
    }

    /// Asks for something that must be refused; nil when it succeeds.
    func refusal(
        of line: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> WireCode? {
        switch try ask(line, sourceLocation: sourceLocation).response {
        case .success: nil
        case .failure(let error): error.code
        }
    }

    /// The answers of all of `lines` as they go over the wire.
    func bytes(_ lines: [String]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            let answer = try ask(line)
            let verb = RequestParser.parse(line, role: .operator).verb
            ReplyRenderer(format: .text, tag: nil, verb: verb).render(
                answer.response, generation: answer.generation, elapsedMicroseconds: 0,
                into: &bytes)
        }
        return bytes
    }

    /// The names of everything in the folder of generations, unfinished ones included.
    func generationFolders() throws -> [String] { try scratch.names("state/generations") }

    /// The value of one row of INFO.
    func info(_ name: String) throws -> Value? {
        try reply("INFO").cell("value", where: "name", is: name)
    }
}

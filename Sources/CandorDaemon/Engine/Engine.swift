// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol
import Factors
public import Logging
import Ratings
import Trust

/// Answers requests from one immutable generation and the ratings that came since.
///
/// Knows nothing of sockets: the serving loop hands it checked requests and collects what becomes
/// ready. Confined to the loop's thread; other threads (the journal's writer, background jobs)
/// speak to it through the inbox alone. Every answer is made from the generation that serves when
/// it is begun, or, for background work, from the one that was pinned then.
public final class Engine: RequestService {
    var serving: Generation
    var overlay: RatingOverlay
    /// The last journal entry that `overlay`, or the generation's own data, holds.
    var appliedSequence: Int64
    var statistics = RequestStatistics()
    /// Requests whose answers will come through `collect()`.
    var waiting: [Ticket: Verb] = [:]
    /// Lists that wait for others of the same turn.
    var lists: [WaitingList] = []
    /// See `Engine.sharedScanMin`.
    let sharedScanMin: Int
    /// Who watches for events.
    var feed = EventFeed()
    /// The open connections by number.
    var clients = NumberedTable<Client>()
    var slowLog: SlowLog
    /// Whether every request is logged, as far as was known when the loop's turn began.
    var logsRequests = false
    var cache = ServedUserCache()
    var auditJob: BackgroundJob?
    var retrainJob: BackgroundJob?
    /// What makes another kept generation serve.
    var swapJob: BackgroundJob?
    /// Waits for the end of the time to confirm a promotion; nil when nothing is to be confirmed.
    var confirmationTimer: ConfirmationTimer?
    var cancellations: [Cancellation] = []
    /// How far the retrain that runs has come.
    var retrainProgress: Progress?
    var fidelityJob: BackgroundJob?
    var searchJobs: [Ticket: BackgroundJob] = [:]
    var fidelity: Fidelity?
    var exportJob: BackgroundJob?
    var reportJob: BackgroundJob?
    /// The user who is being forgotten; retrains and exports wait for the end of it.
    var forgetting: Forgetting?
    var heldOut: HeldOutCache?
    var reported: ReportCache?
    var similarity: ItemSimilarity
    var stranger: StrangerSolution
    /// Nil until a list needs it.
    var traits: CatalogueTraits?
    var isStopping = false
    let store: GenerationStore
    let journal: Journal
    let writer: JournalWriter<PendingRating>
    let inbox: Inbox
    let clock: Clock
    var threads: Int
    let configuration: LiveConfiguration
    let authenticator: Authenticator?
    /// When it was made, in seconds since 1970.
    let startedAt: Int
    /// When it was made, by the steady clock.
    let startedSteadyAt: Int
    let log: Logger

    /// Serves `generation` with the journal's later ratings applied.
    ///
    /// - Parameters:
    ///   - generation: What serves first.
    ///   - store: Where new generations are kept.
    ///   - journal: Where ratings are made durable.
    ///   - threads: Threads that audits and retrains use; results do not depend on it.
    ///   - configuration: What RELOAD reads anew.
    ///   - authenticator: Who proves to be whom; nil where nobody need.
    ///   - clock: Where the time comes from.
    ///   - log: Where events are reported.
    ///   - sharedScanMin: From how many numbers of a head on lists wait for others of their turn.
    ///   - wake: Called on any thread when `collect()` has something.
    /// - Throws: When the journal cannot be read.
    public init(
        generation: Generation, store: GenerationStore, journal: Journal, threads: Int,
        configuration: LiveConfiguration = LiveConfiguration(fixed: .standard),
        authenticator: Authenticator? = nil, clock: Clock = .system, log: Logger,
        sharedScanMin: Int = Engine.sharedScanMin,
        wake: @escaping @Sendable () -> Void
    ) throws(JournalError) {
        serving = generation
        similarity = ItemSimilarity(of: generation.rankingHead)
        stranger = StrangerSolution(generation)
        self.store = store
        self.journal = journal
        self.threads = threads
        self.configuration = configuration
        self.authenticator = authenticator
        slowLog = SlowLog(thresholdSeconds: configuration.current.seconds(.slowSeconds) ?? 0)
        self.clock = clock
        self.log = log
        self.sharedScanMin = sharedScanMin
        startedAt = clock.now()
        startedSteadyAt = clock.steady()
        fidelity = store.fidelity(of: generation.manifest.number)
        let later = try journal.entries(after: generation.manifest.journalSequence)
        overlay = RatingOverlay(later)
        appliedSequence = later.last?.sequence ?? generation.manifest.journalSequence
        let inbox = Inbox(wake: wake)
        self.inbox = inbox
        writer = JournalWriter(journal) { results in
            inbox.post(
                results.map { outcome in
                    .finish { $0.acknowledge(outcome.token, outcome.result) }
                })
        }
        awaitConfirmation()
    }

    /// The serving generation's number.
    public var generation: Int { serving.manifest.number }

    /// Begins a request; see `RequestService`.
    public func begin(_ request: Request, ticket: Ticket, role: Role) -> Answer? {
        do throws(WireError) {
            if isStopping && request.verb.specification.isLong { throw Self.stopping }
            switch request {
            case .hello(let version): return answer(try hello(version, ticket, role))
            case .authenticate(let name, let role, let proof):
                return try authenticate(name: name, role: role, proof: proof, ticket)
            case .ping: return answer(Reply(), validity: cache.validity)
            case .help(let topic): return answer(HelpText.reply(to: topic, role: role))
            case .format(let format): return answer(Reply(), effect: .format(format))
            case .quit: return answer(Reply(), effect: .close)
            case .info: return answer(info())
            case .recommend(let user, let count, let rank, let mitigation):
                return try recommend(
                    ticket, user: user, count: count, rank: rank, mitigation: mitigation)
            case .recommendUnprofiled(_, let count, let rank):
                return answer(
                    recommendUnprofiled(count: count, rank: rank), validity: cache.validity)
            case .predict(let user, let item, let time):
                return try predict(user: user, item: item, time: time)
            case .explain(let user, let item, let options):
                return answer(try explain(user, item, options))
            case .facts(let user, let item, let head, let form, let top):
                return answer(
                    try facts(user: user, item: item, head: head, form: form, top: top))
            case .verify(let user, let item, let text, let head):
                return answer(try verify(text, user: user, item: item, head: head))
            case .similar(let item, let count):
                return answer(try similar(to: item, count: count), validity: cache.validity)
            case .search(let text, let limit): return answer(search(text, limit: limit))
            case .showUser(let user, let limit): return answer(try showUser(user, limit: limit))
            case .showItem(let item): return answer(try showItem(item))
            case .rate(let user, let item, let rating, let timestamp):
                try rate(ticket, user: user, item: item, rating: rating, timestamp: timestamp)
            case .unrate(let user, let item): try unrate(ticket, user: user, item: item)
            case .flip, .whyNot, .audit, .auditDifference, .auditFrontier, .report, .retrain,
                .fidelity, .exportUser, .exportExplanation, .exportParquet, .forget, .steer:
                try beginWork(request, ticket)
            case .generations: return answer(try generations())
            case .observe(let question): return try observe(question, ticket)
            case .watch(let kinds): try watch(ticket, kinds, role: role)
            case .reload: return try reloaded()
            case .shutdown:
                stop()
                return answer(Reply(), effect: .stopDaemon)
            }
            waiting[ticket] = request.verb
            publishBegin(request.verb, ticket)
            return nil
        } catch {
            return Answer(.failure(error), generation: generation)
        }
    }

    /// What became ready since the last call.
    public func collect() -> [Delivery] {
        // Lists first, before any step changes what they were asked of.
        answerLists() + inbox.take().flatMap(deliveries(of:))
    }

    private func deliveries(of item: Inbox.Item) -> [Delivery] {
        switch item {
        case .progress(let ticket, let progress):
            publishProgress(ticket, progress)
            if ticket == retrainJob?.ticket { retrainProgress = progress }
            return [.progress(ticket, progress)]
        case .event(let ticket, let event): return [.event(ticket, event)]
        case .step(let step):
            step(self)
            return []
        case .finish(let last):
            let delivery = last(self)
            guard case .answer(let ticket, let answer) = delivery else { return [delivery] }
            if let verb = waiting.removeValue(forKey: ticket) {
                publishEnd(verb, ticket, answer)
            }
            let ended = endedCancellations(ticket, answer)
            for delivery in ended { waiting[delivery.ticket] = nil }
            return [delivery] + ended
        }
    }

    /// Cancels the long work of a connection that has gone.
    public func abandon(connection: Int) {
        clients[connection] = nil
        authenticator?.forget(connection)
        // Of these no end will come, as it does of jobs.
        for ticket in feed.tickets + lists.map(\.ticket) where ticket.connection == connection {
            waiting[ticket] = nil
        }
        feed.remove(connection: connection)
        lists.removeAll { $0.ticket.connection == connection }
        for job in jobs where job.ticket.connection == connection {
            job.cancel()
        }
    }

    /// Takes no new ratings and no new long work, and cancels what is running.
    ///
    /// Requests already begun are still answered.
    public func stop() {
        for job in jobs { job.cancel() }
        // What is begun of it goes on to its end; only waiting for a backup ends.
        forgetting?.job.cancel()
        guard !isStopping else { return }
        isStopping = true
        publish(.shutdown)
        endWatches()
    }

    /// Waits until every thread of the engine has ended; call after the loop has.
    public func close() {
        stop()
        for job in jobs { job.join() }
        confirmationTimer = nil
        swapJob?.join()
        forgetting?.job.join()
        writer.drain()
    }

    /// Everything that runs in the background.
    private var jobs: [BackgroundJob] {
        [auditJob, retrainJob, exportJob, fidelityJob, reportJob].compactMap(\.self)
            + searchJobs.values
    }

    static let stopping = WireError(
        .shuttingDown, "the daemon is stopping; connect again when it is back")

    func answer(
        _ reply: Reply, effect: ConnectionEffect = .none, validity: Validity? = nil
    ) -> Answer {
        Answer(.success(reply), generation: generation, effect: effect, validity: validity)
    }
}

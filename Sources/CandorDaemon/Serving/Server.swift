// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Glibc
public import Logging

/// Serves a `RequestService` on sockets: an event loop on one thread.
///
/// One thread because the short verbs take microseconds: handing a request to another thread and
/// back costs more than answering it. Long work runs on the service's own threads and comes back
/// through `ServerHandle.wake()`. Nothing is allocated per request here beyond what parsing and
/// answering need.
///
/// It listens from `init` on, so that peers may connect before `run()`, and stops listening when
/// it drains. A server runs once.
public final class Server {
    /// Where it listens, in the order of the endpoints; a port the kernel chose is shown.
    public var names: [String] { listeners.map(\.name) }

    let service: any RequestService
    let serverName: String
    var options: ServingOptions
    let log: Logger
    let handle: ServerHandle
    let notifier: ServiceNotifier
    private let signals: SignalSource?

    var poller: Poller
    var listeners: [Listener]
    var connections = NumberedTable<Connection>()
    var lastNumber = 0
    /// How many connections each peer has, and how many have not proven who they are.
    var peerCounts = PeerCounts()
    /// When to look for connections that take too long; nil while there is none.
    var nextSweepAt: UInt64?
    /// Connections that wait for their next turn.
    var queue: [Connection] = []
    private var turnQueue: [Connection] = []
    /// What the latest wait reported about connections.
    private var reports: [Report] = []
    /// What is read from them.
    var incoming = SocketBatch()
    /// Connections that have had a turn and whose output has not been sent.
    var unsent: [Connection] = []
    var sending: [Connection] = []
    /// What is sent to `addressees`.
    var outgoing = SocketBatch()
    var addressees: [Connection] = []
    /// How long the turns of those took.
    var unsentNanoseconds: UInt64 = 0
    /// When the latest turn ended, while that is the present: looking at the clock costs as much as
    /// finding a kept answer.
    var turnEndedAt: UInt64?
    /// Whether an answer asks for the daemon to stop.
    var isDrainWanted = false
    let kept: KeptAnswers
    let buffer: UnsafeMutableRawBufferPointer

    /// Held so that there is a descriptor left to tell a peer that there are none left.
    var spare: Descriptor?
    /// When to accept again after not even the spare descriptor helped.
    var acceptingResumesAt: UInt64?
    var isRefusing = false

    var drainEndsAt: UInt64?
    /// Until when, in a drain, those may ask once who have connected and not asked yet.
    private var freshUntil: UInt64?
    private var isStopping = false
    private var nextWatchdogAt = UInt64.max
    private var announcedStatus: String?

    /// What reports of the poller are about, besides the numbers of connections.
    enum Key {
        static let handle = UInt64.max
        static let signals = UInt64.max - 1
        /// The first listener; the others count down from here.
        static let listeners = UInt64.max - 2
    }

    /// Starts listening on `endpoints`.
    ///
    /// `serverName` is what greetings say, for example `candord/0.1.0`. Without `signals` the
    /// process' signals are left alone and the server stops through `handle`.
    public init(
        service: any RequestService, serverName: String, handle: ServerHandle,
        endpoints: [Endpoint], options: ServingOptions = ServingOptions(),
        signals: consuming SignalSource? = nil, notifier: ServiceNotifier = ServiceNotifier(),
        log: Logger
    ) throws(ServingError) {
        guard !endpoints.isEmpty else { throw .noEndpoints }
        let poller = try Poller()
        try poller.add(handle.descriptor, key: Key.handle, for: .input)
        if let descriptor = Self.descriptor(of: signals) {
            try poller.add(descriptor, key: Key.signals, for: .input)
        }
        var listeners: [Listener] = []
        for endpoint in endpoints {
            let listener = try Listener.open(endpoint)
            let key = Key.listeners - UInt64(listeners.count)
            try poller.add(listener.descriptor, key: key, for: .input)
            listeners.append(listener)
        }
        self.service = service
        self.serverName = serverName
        self.handle = handle
        self.options = options
        self.signals = signals
        self.notifier = notifier
        self.log = log
        self.poller = poller
        self.listeners = listeners
        kept = KeptAnswers(bytesMax: options.keptAnswersBytesMax)
        buffer = .allocate(byteCount: 1 << 16, alignment: 16)
        spare = Self.openSpare()
    }

    deinit {
        buffer.deallocate()
    }

    /// Serves until it is stopped by a signal, by SHUTDOWN or through the handle.
    ///
    /// Returns once what was under way is answered and sent, or the drain's time is over. Throws
    /// when the kernel refuses to go on.
    public func run() throws(ServingError) {
        for name in names { log.info("listening on \(name)") }
        if !incoming.openRing() || !outgoing.openRing() {
            log.info("io_uring is not available: a system call for each socket, which is slower")
        }
        let status = service.status
        announcedStatus = status
        notifier.notify(.ready, .status(status))
        if let interval = notifier.watchdogNanoseconds {
            nextWatchdogAt = MonotonicClock.nanoseconds() + interval
        }
        while !isStopping {
            let count = try poller.wait(milliseconds: waitMilliseconds())
            turnEndedAt = nil
            service.turned(LoopLoad(ready: count, queued: queue.count))
            for index in 0..<count { handleEvent(poller.event(index)) }
            serve(&reports)
            reports.removeAll(keepingCapacity: true)
            answerTogether()
            advanceQueue()
            sendAll()
            if isDrainWanted {
                isDrainWanted = false
                drain()
                sendAll()
            }
            keepDeadlines()
        }
        closeAll()
    }

    /// Does what a report asks for; connections are served after the others, and together.
    private func handleEvent(_ event: Poller.Event) {
        switch event.key {
        case Key.handle:
            turnEndedAt = nil
            handle.clear()
            obeyHandle()
            collect()
        case Key.signals:
            turnEndedAt = nil
            obeySignals()
        case let key where key > Key.listeners - UInt64(listeners.count):
            accept(from: listeners[Int(Key.listeners - key)])
        default:
            // Absent when an earlier event of the same wait closed it.
            guard let connection = connections[Int(truncatingIfNeeded: event.key)] else { return }
            reports.append(Report(connection, event.readiness))
        }
    }

    private func collect() {
        for delivery in service.collect() {
            guard let connection = connections[delivery.ticket.connection] else { continue }
            connection.session.deliver(delivery)
            enqueue(connection)
        }
        announce()
    }

    /// Has the service answer what requests of this turn have in common, which takes longer than
    /// others should wait for their answers.
    private func answerTogether() {
        guard service.answersTogether else { return }
        sendAll()
        collect()
    }

    /// Gives every connection that waits one turn.
    private func advanceQueue() {
        guard !queue.isEmpty else { return }
        swap(&queue, &turnQueue)
        for connection in turnQueue {
            connection.isQueued = false
            if connection.isOpen { settle(connection) }
        }
        turnQueue.removeAll(keepingCapacity: true)
    }

    /// Tells the service manager what the service does, when that has changed.
    private func announce() {
        guard drainEndsAt == nil, notifier.isListenedTo else { return }
        let status = service.status
        guard status != announcedStatus else { return }
        announcedStatus = status
        notifier.notify(.status(status))
    }

    // MARK: Stopping

    private func obeyHandle() {
        switch handle.requestedStop {
        case .none: break
        case .drain: drain()
        case .immediately: isStopping = true
        }
    }

    private func obeySignals() {
        while let signal = nextSignal() {
            switch signal {
            case .hangUp: reload()
            case .terminate where drainEndsAt == nil: drain()
            case .terminate:
                log.warning("a second signal: stopping without finishing")
                isStopping = true
            }
        }
    }

    /// Reads the configuration anew, and tells the service manager when that is over.
    private func reload() {
        notifier.notify(.reloading(atMicroseconds: MonotonicClock.nanoseconds() / 1000))
        if let change = service.reload() { apply(change) }
        let status = service.status
        announcedStatus = status
        notifier.notify(.ready, .status(status))
    }

    /// Keeps other bounds, and closes the connections that are not to go on.
    func apply(_ change: Reconfiguration) {
        options = change.options
        for number in change.revoked { kill(number) }
        nextSweepAt = connections.all.isEmpty ? nil : MonotonicClock.nanoseconds()
    }

    /// Stops taking connections and requests; what is under way has `drainSeconds` to finish.
    func drain() {
        guard drainEndsAt == nil else { return }
        log.info("draining", metadata: ["connections": "\(connections.count)"])
        notifier.notify(.stopping, .status("finishing \(connections.count) connections"))
        drainEndsAt = MonotonicClock.nanoseconds() + UInt64(options.drainSeconds * 1e9)
        acceptingResumesAt = nil
        listeners.removeAll()
        service.stop()
        let present = Array(connections.all.values)
        // What has arrived is answered; what comes later learns that it came too late.
        var reports = present.map { Report($0, .input) }
        serve(&reports)
        for connection in present where connection.isOpen && !connection.session.isFresh {
            drain(connection)
        }
        freshUntil = MonotonicClock.nanoseconds() + UInt64(options.freshSeconds * 1e9)
    }

    /// Ends a connection once what is under way is answered.
    private func drain(_ connection: Connection) {
        connection.session.drain()
        settle(connection)
    }

    private func keepDeadlines() {
        if let freshUntil, MonotonicClock.nanoseconds() >= freshUntil {
            self.freshUntil = nil
            for connection in Array(connections.all.values) { drain(connection) }
            sendAll()
        }
        if let drainEndsAt {
            if connections.all.isEmpty {
                isStopping = true
            } else if MonotonicClock.nanoseconds() >= drainEndsAt {
                log.warning(
                    "the drain's time is over",
                    metadata: ["unfinished_connections": "\(connections.count)"])
                isStopping = true
            }
        }
        if let acceptingResumesAt, MonotonicClock.nanoseconds() >= acceptingResumesAt {
            resumeAccepting()
        }
        if let nextSweepAt, MonotonicClock.nanoseconds() >= nextSweepAt { sweep() }
        if let interval = notifier.watchdogNanoseconds {
            let now = MonotonicClock.nanoseconds()
            guard now >= nextWatchdogAt else { return }
            notifier.notify(.watchdog)
            announce()
            nextWatchdogAt = now + interval
        }
    }

    /// How long the poller may sleep; nil for as long as nothing happens.
    private func waitMilliseconds() -> Int32? {
        guard queue.isEmpty, !service.answersTogether else { return 0 }
        let deadline = min(
            drainEndsAt ?? .max, freshUntil ?? .max, acceptingResumesAt ?? .max,
            nextSweepAt ?? .max, nextWatchdogAt)
        guard deadline != .max else { return nil }
        let now = MonotonicClock.nanoseconds()
        guard deadline > now else { return 0 }
        // Rounded up, so that the deadline has passed on waking.
        return Int32(min((deadline - now) / 1_000_000 + 1, UInt64(Int32.max)))
    }

    private func closeAll() {
        listeners.removeAll()
        for connection in Array(connections.all.values) { close(connection) }
        queue.removeAll()
        log.info("stopped serving")
    }

    private func nextSignal() -> SignalSource.Signal? {
        switch signals {
        case .some(let source): source.next()
        case nil: nil
        }
    }

    private static func descriptor(of signals: borrowing SignalSource?) -> Int32? {
        switch signals {
        case .some(let source): source.descriptor
        case nil: nil
        }
    }

    /// Opens the spare descriptor; nil when there is none left for it.
    static func openSpare() -> Descriptor? {
        let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
        return number >= 0 ? Descriptor(owning: number) : nil
    }
}

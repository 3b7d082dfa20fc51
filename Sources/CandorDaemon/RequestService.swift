// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// What turns requests into answers: the engine, as the serving loop sees it.
///
/// Confined to the loop's thread: every call comes from it. Answers that take long or wait for
/// the disk come later, through `collect()`, after the service has called the `wake` closure it
/// was given (which may happen on any thread).
public protocol RequestService: AnyObject {
    /// The serving generation's number.
    var generation: Int { get }

    /// What it does, as one line for people; changes with time and with what is under way.
    var status: String { get }

    /// Begins a request, already checked against the verb table and the connection's role.
    ///
    /// Returns the answer, or nil when it will come through `collect()` under `ticket`.
    func begin(_ request: Request, ticket: Ticket, role: Role) -> Answer?

    /// Everything that became ready since the last call, in the order it became ready.
    func collect() -> [Delivery]

    /// Whether requests of this turn of the loop wait to be answered together, by `collect()` once all
    /// that arrived have begun.
    var answersTogether: Bool { get }

    /// Says that the next request of a connection waits behind this one, which goes on until then.
    ///
    /// Its answer comes soon, after all that was to be delivered before; more calls do nothing.
    func conclude(_ ticket: Ticket)

    /// Says that somebody has connected.
    func connected(_ peer: Peer)

    /// Says that connections are refused from now on, because of what limit.
    func refused(reason: String)

    /// Says how much the loop found to do in one turn.
    func turned(_ load: LoopLoad)

    /// Says that a connection has gone: work done for it alone may stop.
    func abandon(connection: Int)

    /// Says that the daemon is stopping: nothing that takes long begins any more, and what runs
    /// ends soon. Requests already begun are still answered.
    func stop()

    /// Reads the configuration anew, as RELOAD does, because a signal asked for it.
    ///
    /// Returns what the server changes, or nil when the configuration was refused; what came of it
    /// is logged.
    func reload() -> Reconfiguration?

    /// Says that a request has its answer, to be counted.
    func finished(_ request: FinishedRequest)
}

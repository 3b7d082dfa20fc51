// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

extension Engine {
    /// The most searches at a time: one for each waiting person of a small crowd.
    static let searchesMax = 8

    /// Looks in the background for the ratings without which an item leaves the list.
    func flip(
        _ ticket: Ticket, user token: String, item: String?, count: Int, head: HeadName
    ) throws(WireError) {
        let work = FlipWork(
            question: try question(token, head: head), item: try item.map(self.item), count: count)
        try search(ticket, work.run)
    }

    /// Looks in the background for what keeps an item out of the list.
    func whyNot(
        _ ticket: Ticket, user token: String, item: String, count: Int, top: Int, head: HeadName
    ) throws(WireError) {
        let work = WhyNotWork(
            question: try question(token, head: head), item: try self.item(item), count: count,
            top: top)
        try search(ticket, work.run)
    }

    /// A question about a user's ratings, pinned to the serving generation.
    func question(_ token: String, head: HeadName) throws(WireError) -> RatingsQuestion {
        RatingsQuestion(generation: serving, user: try ratedUser(token), head: head)
    }

    /// The user called `token`, who must have ratings.
    func ratedUser(_ token: String) throws(WireError) -> ServedUser {
        let user = servedUser(token)
        guard user.isKnown else { throw unknownUser(token) }
        guard !user.profile.isEmpty else {
            throw WireError(
                .noHistory,
                "user \(token) has no ratings: RECOMMEND serves what is popular, PREDICT the "
                    + "average user's rating; RATE something first")
        }
        return user
    }

    /// The user called `token`, of whom `head` must know something: ratings, or attributes.
    func explainableUser(_ token: String, by head: HeadName) throws(WireError) -> ServedUser {
        let user = servedUser(token)
        guard user.profile.isEmpty, head == .rating, isDescribed(user.profile) else {
            return try ratedUser(token)
        }
        return user
    }

    /// Runs `work` on a thread of its own; it is asked to stop when the connection goes.
    func search(
        _ ticket: Ticket,
        _ work:
            @escaping @Sendable (_ shouldGoOn: @escaping () -> Bool) ->
            Result<Reply, WireError>
    ) throws(WireError) {
        guard searchJobs.count < Self.searchesMax else {
            throw WireError(
                .limitExceeded,
                "\(Self.searchesMax) searches are running; try again when one has ended")
        }
        let job = BackgroundJob(for: ticket)
        searchJobs[ticket] = job
        let (inbox, number) = (inbox, generation)
        job.start(.soon) { job in
            let response = work { !job.isCancelled }
            inbox.post([
                .finish { engine in
                    engine.searchJobs.removeValue(forKey: ticket)?.join()
                    return .answer(ticket, Answer(response, generation: number))
                }
            ])
        }
    }
}

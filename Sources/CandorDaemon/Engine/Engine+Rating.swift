// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging
import Ratings

extension Engine {
    /// Begins to make a rating durable; the answer comes when it is.
    func rate(
        _ ticket: Ticket, user: String, item: String, rating: Double, timestamp: Int?
    ) throws(WireError) {
        try submit(ticket, user: user, item: item) { _, _ throws(WireError) in
            let value = Float(rating)
            guard serving.scale.contains(value) else {
                throw WireError(
                    .ratingOutOfScale,
                    "\(rating) is outside the data's scale of \(serving.scale.minimum) to "
                        + "\(serving.scale.maximum)")
            }
            return (value, Int64(timestamp ?? clock.now()))
        }
    }

    /// Begins to take a rating back; the answer comes when that is durable.
    func unrate(_ ticket: Ticket, user: String, item: String) throws(WireError) {
        try submit(ticket, user: user, item: item) { userID, index throws(WireError) in
            let known = servedUser(userID.token)
            guard known.isKnown else { throw unknownUser(userID.token) }
            guard known.profile.position(of: index) != nil else {
                throw WireError(
                    .notRated,
                    "user \(user) has not rated item \(item); SHOW user \(user) lists the ratings")
            }
            return (nil, Int64(clock.now()))
        }
    }

    /// Checks a change and hands it to the journal's writer.
    private func submit(
        _ ticket: Ticket, user: String, item: String,
        _ check: (UserID, ItemIndex) throws(WireError) -> (rating: Float?, timestamp: Int64)
    ) throws(WireError) {
        guard !isStopping else { throw Self.stopping }
        let index = try self.item(item)
        guard let userID = UserID(user), let itemID = ItemID(item) else {
            throw WireError(.badValue, "an identifier is 1 to 128 bytes of printable text")
        }
        let checked = try check(userID, index)
        let change = RatingChange(
            user: userID, item: itemID, rating: checked.rating,
            timestampSeconds: checked.timestamp)
        do {
            try writer.submit(change, token: PendingRating(ticket: ticket, change: change))
        } catch {
            throw WireErrors.storage(error)
        }
    }

    /// Applies a rating change that is on disk, or says why it is not, on the loop's thread.
    func acknowledge(_ pending: PendingRating, _ result: Result<Int64, JournalError>) -> Delivery {
        let response: Result<Reply, WireError>
        switch result {
        case .success(let sequence):
            // A swap of generations reads the journal, and may so have met the change before.
            if sequence > appliedSequence {
                overlay.apply(pending.change)
                appliedSequence = sequence
            }
            forgetting?.note(pending.change, sequence: sequence)
            cache.invalidate(pending.change.user.token)
            response = .success(Reply(acknowledgement(of: pending.change, sequence)))
        case .failure(let error):
            log.error("a rating could not be stored: \(error.description)")
            response = .failure(WireErrors.storage(error))
        }
        return .answer(pending.ticket, Answer(response, generation: generation))
    }

    private func acknowledgement(of change: RatingChange, _ sequence: Int64) -> [Reply.Field] {
        let profile = serving.profile(of: change.user, with: overlay)
        return [
            .init("user", .text(change.user.token)), .init("item", .text(change.item.token)),
            .init("rating", change.rating.map { .number(Double($0)) } ?? .missing),
            .init("sequence", .integer(Int(sequence))),
            .init("ratings", .integer(profile.count)),
        ]
    }
}

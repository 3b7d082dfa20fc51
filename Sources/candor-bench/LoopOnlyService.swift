// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CandorProtocol

/// Answers at once with a constant: what remains is the cost of the serving loop and of the wire.
final class LoopOnlyService: RequestService {
    let generation = 1

    func begin(_ request: Request, ticket: Ticket, role: Role) -> Answer? {
        guard case .predict(let user, let item) = request else {
            return Answer(.success(Reply()), generation: generation)
        }
        let reply = Reply([
            .init("user", .text(user)), .init("item", .text(item)),
            .init("score", .number(4.0625)), .init("stars", .number(4.0625)),
            .init("source", .text("personal")),
        ])
        return Answer(.success(reply), generation: generation)
    }

    func collect() -> [Delivery] { [] }

    func abandon(connection: Int) {}

    func record(_ verb: Verb, microseconds: Int, failed: Bool) {}

    func stop() {}

    func countConnection(_ change: Int) {}
}

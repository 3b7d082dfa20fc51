// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

extension ServedUser {
    /// Which head answered for whom, and from what.
    func provenance(head: HeadName) -> [Reply.Field] {
        var fields: [Reply.Field] = [
            .init("source", .text(source.rawValue)), .init("head", .text(head.rawValue)),
            .init("ratings", .integer(profile.count)),
        ]
        if source == .popular {
            fields.append(.init("reason", .text(isKnown ? "no-history" : "unknown-user")))
        }
        return fields
    }
}

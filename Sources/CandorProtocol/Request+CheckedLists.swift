// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests for lists.
extension Request {
    static func recommend(_ arguments: CheckedArguments) throws(WireError) -> Request {
        let user = arguments.text("user")
        let count = arguments.integer("k") ?? Default.count
        let rank = arguments["rank"] == nil ? Default.head : arguments.choice("rank")
        guard arguments["profile"] != nil else {
            return .recommend(
                user: user, count: count, rank: rank, mitigation: arguments.mitigation)
        }
        guard arguments.mitigation == .none else {
            throw WireError(
                .badValue,
                "profile=none gives everybody the same list: leave out calibrated=, novelty= "
                    + "and floor=, or profile=none")
        }
        return .recommendUnprofiled(user: user, count: count, rank: rank)
    }
}

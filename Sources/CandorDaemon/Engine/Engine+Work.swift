// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// Begins a request that is worked on in the background; traps for those answered at once.
    func beginWork(_ request: Request, _ ticket: Ticket) throws(WireError) {
        switch request {
        case .flip(let user, let item, let count, let head):
            try flip(ticket, user: user, item: item, count: count, head: head)
        case .whyNot(let user, let item, let count, let top, let head):
            try whyNot(ticket, user: user, item: item, count: count, top: top, head: head)
        case .audit(let options): try audit(ticket, options)
        case .auditDifference(let first, let second, let options):
            try auditDifference(ticket, from: first, to: second, options)
        case .auditFrontier(let method, let points, let options):
            try auditFrontier(ticket, method: method, points: points, options)
        case .report(let form): try report(ticket, form)
        case .retrain(let options): try retrain(ticket, options)
        case .fidelity(let users, let seed):
            try measureFidelity(ticket, users: users, seed: seed)
        case .exportUser(let user, let first): try exportUser(ticket, user, from: first)
        case .exportExplanation(let user, let item, let head):
            try exportExplanation(ticket, user: user, item: item, head: head)
        case .exportParquet(let options): try exportParquet(ticket, options)
        case .forget(let user): try forget(ticket, user)
        case .steer(let steering): try steer(steering, ticket)
        default: preconditionFailure("\(request.verb) is answered at once")
        }
    }
}

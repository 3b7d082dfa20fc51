// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Credentials
import Logging

extension Engine {
    /// Answers AUTH: a challenge, or, for a right proof, the role.
    func authenticate(
        name: String, role: Role, proof: String?, _ ticket: Ticket
    ) throws(WireError) -> Answer {
        let connection = ticket.connection
        guard let authenticator, let client = clients[connection], client.peer.role == .guest else {
            throw WireError(
                .noAuthentication,
                "this connection has the role it came with; tokens are for TCP connections to a "
                    + "daemon with a token-file")
        }
        let address = client.peer.owner
        guard let proof else {
            let nonce = try authenticator.challenge(connection, from: address)
            return answer(Reply([.init("nonce", .text(nonce))]))
        }
        let token: AccessToken
        do throws(WireError) {
            token = try authenticator.token(
                name: name, role: role, proof: proof, connection: connection, from: address)
        } catch {
            let isKnown = authenticator.tokens.token(named: name) != nil
            log.notice(
                "authentication failed",
                metadata: [
                    "connection": "\(connection)", "address": "\(address)",
                    "error": "\(error.code.name)",
                    // A name that nobody has may be a secret in the wrong place.
                    "token": "\(isKnown ? name : "unknown")",
                ])
            throw error
        }
        clients[connection]?.admit(role, by: token)
        log.info(
            "authenticated",
            metadata: [
                "connection": "\(connection)", "address": "\(address)", "token": "\(name)",
                "role": "\(role.rawValue)",
            ])
        return answer(
            Reply([.init("name", .text(name)), .init("role", .text(role.rawValue))]),
            effect: .admit(role))
    }

    /// The connections whose token is not in force any more.
    func revokedConnections() -> [Int] {
        guard let authenticator else { return [] }
        return clients.all.filter { _, client in
            client.token.map { !authenticator.isInForce($0) } ?? false
        }.keys.sorted()
    }
}

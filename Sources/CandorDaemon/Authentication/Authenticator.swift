// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
public import Credentials

/// Decides whether those who connect over TCP are who they say they are.
///
/// Confined to the serving loop's thread. It holds the secrets and gives none away: a name that
/// nobody has and a proof that is wrong are answered alike, at the same cost.
public final class Authenticator {
    /// Wrong proofs on one connection before it is closed.
    static let failuresPerConnectionMax = 3

    /// The tokens in force.
    private(set) var tokens: TokenFile
    private let read: () throws(TokenFileError) -> TokenFile
    private let now: () -> UInt64
    private let newNonce: () -> String
    private var ledger = FailureLedger()
    /// The challenges that have not been answered, and the wrong answers, by connection.
    private var attempts: [Int: Attempt] = [:]
    /// What a proof for a name that nobody has is compared with.
    private let nobodysSecret = TokenSecret.random()
    /// Proofs since the start, right and wrong, and those that were not looked at.
    private(set) var outcomes = (proved: 0, failed: 0, throttled: 0)

    private struct Attempt {
        var nonce: String?
        var failureCount = 0
    }

    /// Reads the tokens, now and at each reload.
    public convenience init(
        read: @escaping () throws(TokenFileError) -> TokenFile
    ) throws(TokenFileError) {
        try self.init(
            read: read, now: MonotonicClock.nanoseconds,
            newNonce: AuthenticationStatement.newNonce)
    }

    init(
        read: @escaping () throws(TokenFileError) -> TokenFile, now: @escaping () -> UInt64,
        newNonce: @escaping () -> String
    ) throws(TokenFileError) {
        tokens = try read()
        self.read = read
        self.now = now
        self.newNonce = newNonce
    }

    /// Reads the tokens anew, for `adopt`; what is in force stays.
    func readAnew() throws(TokenFileError) -> TokenFile { try read() }

    /// Puts other tokens in force.
    func adopt(_ tokens: TokenFile) { self.tokens = tokens }

    /// Whether `token` is in force as it is.
    func isInForce(_ token: AccessToken) -> Bool { tokens.token(named: token.name) == token }

    /// A challenge for a connection; an earlier one is void.
    func challenge(_ connection: Int, from address: String) throws(WireError) -> String {
        try checkRate(address)
        let nonce = newNonce()
        attempts[connection, default: Attempt()].nonce = nonce
        return nonce
    }

    /// The token that a proof is of; throws when it is wrong, and uses the challenge up either way.
    func token(
        name: String, role: Role, proof: String, connection: Int, from address: String
    ) throws(WireError) -> AccessToken {
        try checkRate(address)
        var attempt = attempts[connection] ?? Attempt()
        defer { attempts[connection] = attempt }
        guard let nonce = attempt.nonce.take() else {
            throw failure(
                &attempt, address,
                "there is no challenge to answer; send AUTH without proof= first, and each proof "
                    + "once")
        }
        let token = tokens.token(named: name)
        let statement = AuthenticationStatement(name: name, role: role, nonce: nonce)
        let isRight = (token?.secret ?? nobodysSecret).accepts(proof, of: statement)
        guard let token, isRight else {
            throw failure(
                &attempt, address,
                "the name or the proof is wrong; check the token file, and ask for a new nonce")
        }
        attempt.failureCount = 0
        ledger.proved(address, at: now())
        outcomes.proved += 1
        guard role <= token.role else {
            throw WireError(
                .notPermitted,
                "the token \(name) gives the role \(token.role.rawValue) at most; ask for that")
        }
        return token
    }

    /// Forgets a connection that has gone.
    func forget(_ connection: Int) { attempts[connection] = nil }

    private func checkRate(_ address: String) throws(WireError) {
        guard let seconds = ledger.secondsToWait(address, at: now()) else { return }
        outcomes.throttled += 1
        throw WireError(
            .authenticationThrottled,
            "too many proofs failed lately; try again in \(seconds) s")
    }

    private func failure(
        _ attempt: inout Attempt, _ address: String, _ reason: String
    ) -> WireError {
        ledger.failed(address, at: now())
        outcomes.failed += 1
        attempt.failureCount += 1
        guard attempt.failureCount < Self.failuresPerConnectionMax else {
            return WireError(
                .tooManyFailures,
                "\(attempt.failureCount) proofs failed on this connection; check the token file "
                    + "before connecting again")
        }
        return WireError(.authenticationFailed, reason)
    }
}

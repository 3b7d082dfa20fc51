// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon
@testable import Credentials

@Suite("Proofs of tokens")
struct AuthenticatorTests {
    /// The file's text, which a test may change.
    private final class Source {
        var text: String
        var nonces = 0
        var nanoseconds: UInt64 = 0

        init(_ tokens: [AccessToken]) { text = tokens.map(\.line).joined(separator: "\n") }
    }

    private let token: AccessToken
    private let source: Source
    private let authenticator: Authenticator

    init() throws {
        let token = try #require(AccessToken(name: "shop", role: .writer))
        let source = Source([token])
        self.token = token
        self.source = source
        authenticator = try Authenticator(
            read: { () throws(TokenFileError) in
                try TokenFile(Array(source.text.utf8), path: "tokens")
            }, now: { source.nanoseconds },
            newNonce: {
                source.nonces += 1
                return "nonce-\(source.nonces)"
            })
    }

    private func prove(
        _ connection: Int = 1, name: String = "shop", role: Role = .writer, proof: String? = nil,
        nonce: String? = nil, from address: String = "a"
    ) -> WireCode? {
        do throws(WireError) {
            let challenge = try authenticator.challenge(connection, from: address)
            let statement = AuthenticationStatement(
                name: name, role: role, nonce: nonce ?? challenge)
            _ = try authenticator.token(
                name: name, role: role, proof: proof ?? token.secret.proof(of: statement),
                connection: connection, from: address)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("a right proof is taken, for the token's role and for lower ones")
    func right() {
        #expect(prove() == nil)
        #expect(prove(role: .reader) == nil)
        #expect(prove(role: .operator) == .notPermitted)
        #expect(authenticator.outcomes.proved == 3)
    }

    @Test(
        "a proof is taken once, on the connection that was challenged, in answer to the last nonce")
    func once() throws {
        let nonce = try authenticator.challenge(1, from: "a")
        let proof = token.secret.proof(
            of: AuthenticationStatement(name: "shop", role: .writer, nonce: nonce))
        func attempt(_ connection: Int) -> WireCode? {
            do throws(WireError) {
                _ = try authenticator.token(
                    name: "shop", role: .writer, proof: proof, connection: connection, from: "a")
                return nil
            } catch {
                return error.code
            }
        }
        #expect(attempt(2) == .authenticationFailed)
        #expect(attempt(1) == nil)
        #expect(attempt(1) == .authenticationFailed)
        #expect(prove(nonce: nonce) == .authenticationFailed)
        let earlier = try authenticator.challenge(3, from: "a")
        #expect(prove(3, nonce: earlier) == .authenticationFailed)
    }

    @Test("an unknown name and a wrong proof are answered alike")
    func unknown() {
        var messages: Set<String> = []
        for name in ["shop", "nobody"] {
            do throws(WireError) {
                _ = try authenticator.challenge(1, from: "a")
                _ = try authenticator.token(
                    name: name, role: .writer, proof: String(repeating: "0", count: 64),
                    connection: 1, from: "a")
            } catch {
                messages.insert("\(error)")
            }
        }
        #expect(messages.count == 1)
    }

    @Test("the third failure of a connection is its last, and a forgotten one begins anew")
    func perConnection() {
        #expect(prove(proof: "0") == .authenticationFailed)
        #expect(prove(proof: "0") == .authenticationFailed)
        #expect(prove(proof: "0") == .tooManyFailures)
        authenticator.forget(1)
        #expect(prove(proof: "0") == .authenticationFailed)
    }

    @Test("after ten failures of an address not even a right proof is looked at for a minute")
    func throttled() {
        for number in 1...10 { _ = prove(number, proof: "0") }
        #expect(prove(11) == .authenticationThrottled)
        #expect(prove(11, from: "b") == nil)
        source.nanoseconds = FailureLedger.windowNanoseconds
        #expect(prove(11) == nil)
        #expect(authenticator.outcomes == (proved: 2, failed: 10, throttled: 1))
    }

    @Test("tokens read anew count from then on; a file with a mistake changes nothing")
    func reload() throws {
        source.text = "shop writer nonsense"
        #expect(throws: TokenFileError.self) { try authenticator.readAnew() }
        #expect(prove() == nil)
        let other = try #require(AccessToken(name: "shop", role: .writer))
        source.text = other.line
        authenticator.adopt(try authenticator.readAnew())
        #expect(prove() == .authenticationFailed)
        #expect(!authenticator.isInForce(token))
        #expect(authenticator.isInForce(other))
    }
}

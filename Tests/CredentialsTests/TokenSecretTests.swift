// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import Credentials

@Suite("Secrets")
struct TokenSecretTests {
    private static let nonce = String(repeating: "0", count: 64)
    private static let statement = AuthenticationStatement(
        name: "shop", role: .writer, nonce: nonce)

    private func secret(_ byte: String) throws -> TokenSecret {
        try #require(TokenSecret(hexadecimal: String(repeating: byte, count: 32)))
    }

    @Test("a proof is what Python's hmac computes")
    func known() throws {
        #expect(Self.statement.text == "CANDOR 1 AUTH shop writer \(Self.nonce)")
        let proof = "54c4ef2c3a469ce8b841117c9517886a12fad43db626d8df574de7c8984ab8fb"
        #expect(try secret("01").proof(of: Self.statement) == proof)
        #expect(try secret("01").accepts(proof, of: Self.statement))
        #expect(try secret("01").accepts(proof.uppercased(), of: Self.statement))
    }

    @Test("a proof is good for its own secret, name, role and nonce, and for nothing else")
    func bound() throws {
        let proof = try secret("01").proof(of: Self.statement)
        #expect(try !secret("02").accepts(proof, of: Self.statement))
        for other in [
            AuthenticationStatement(name: "shop", role: .operator, nonce: Self.nonce),
            AuthenticationStatement(name: "sho", role: .writer, nonce: Self.nonce),
            AuthenticationStatement(
                name: "shop", role: .writer, nonce: String(repeating: "1", count: 64)),
        ] {
            #expect(try !secret("01").accepts(proof, of: other))
        }
        for place in proof.indices {
            var wrong = proof
            wrong.replaceSubrange(place...place, with: wrong[place] == "0" ? "1" : "0")
            #expect(try !secret("01").accepts(wrong, of: Self.statement))
        }
        for wrong in ["", "0", String(proof.dropLast(2)), proof + "00", "x" + proof.dropFirst()] {
            #expect(try !secret("01").accepts(wrong, of: Self.statement))
        }
    }

    @Test("no two are alike, nor two nonces, and printing one shows nothing of it")
    func random() {
        let secrets = (0..<100).map { _ in TokenSecret.random() }
        #expect(Set(secrets.map(\.hexadecimal)).count == 100)
        #expect(Set((0..<100).map { _ in AuthenticationStatement.newNonce() }).count == 100)
        for secret in secrets {
            #expect(secret.hexadecimal.count == 64)
            #expect(TokenSecret(hexadecimal: secret.hexadecimal) == secret)
            var dumped = "\(secret) \(String(reflecting: secret))"
            dump(secret, to: &dumped)
            dump(AccessToken(name: "a", role: .reader, secret: secret), to: &dumped)
            #expect(!dumped.contains(secret.hexadecimal.prefix(8)))
        }
    }

    @Test(
        "only 64 hexadecimal digits are a secret",
        arguments: [
            "", "00", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "0", count: 66), String(repeating: "g", count: 64),
            String(repeating: "é", count: 32),
        ])
    func malformed(text: String) {
        #expect(TokenSecret(hexadecimal: text) == nil)
    }
}

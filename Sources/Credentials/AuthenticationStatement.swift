// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// What a proof says: who wants which role, in answer to which challenge of which protocol.
///
/// The protocol, the verb, the name and the role are part of what is proven, so that a proof is
/// good for nothing else, and the nonce is, so that it is good only once.
public struct AuthenticationStatement: Sendable, Equatable {
    /// The text that the proof is computed of, in ASCII.
    public let text: String

    /// States that `name` wants `role` in answer to the challenge `nonce`.
    public init(name: String, role: Role, nonce: String) {
        text = "CANDOR \(Limits.protocolVersion) AUTH \(name) \(role.rawValue) \(nonce)"
    }

    /// A challenge that nobody has met before: 256 random bits in hexadecimal digits.
    public static func newNonce() -> String {
        var random = SystemRandomNumberGenerator()
        return Hexadecimal.text(
            (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }
}

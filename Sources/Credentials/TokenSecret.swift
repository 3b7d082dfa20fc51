// SPDX-License-Identifier: GPL-3.0-or-later

internal import Crypto

/// What a token's holder and the daemon both know: 256 random bits, written as 64 hexadecimal digits.
///
/// Only files hold it in writing. It never goes over a connection, and printing one shows nothing.
public struct TokenSecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    /// The number of bytes.
    static let byteCount = 32

    /// A new one, from the system's source of randomness.
    public static func random() -> TokenSecret { TokenSecret(key: SymmetricKey(size: .bits256)) }

    /// Reads 64 hexadecimal digits; nil for any other text.
    public init?(hexadecimal text: String) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    private init(key: SymmetricKey) { self.key = key }

    /// The digits, for the file that keeps it.
    public var hexadecimal: String { key.withUnsafeBytes { Hexadecimal.text($0) } }

    /// The proof, in hexadecimal digits, that its maker knows this secret: HMAC-SHA-256 of the
    /// statement.
    public func proof(of statement: AuthenticationStatement) -> String {
        Hexadecimal.text(
            HMAC<SHA256>.authenticationCode(for: Array(statement.text.utf8), using: key))
    }

    /// Whether `proof` is the one of this secret and statement.
    ///
    /// Takes the same time wherever a wrong proof of the right length differs.
    public func accepts(_ proof: String, of statement: AuthenticationStatement) -> Bool {
        guard let code = Hexadecimal.bytes(proof), code.count == SHA256.byteCount else {
            return false
        }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Array(statement.text.utf8), using: key)
    }

    /// No digit of it.
    public var description: String { "secret" }

    /// Nothing, so that dumping it shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// A name with a role, for whoever knows its secret.
public struct AccessToken: Sendable, Equatable {
    /// What it is called, in lists and logs.
    public let name: String
    /// The highest role it gives.
    public let role: Role
    /// What proves it.
    public let secret: TokenSecret

    /// The longest name.
    public static let nameBytesMax = 64

    /// A token with the secret given, or a new random one.
    ///
    /// nil when the name is none (1 to 64 ASCII letters, digits, `.`, `_` and `-`) or the role is
    /// `guest`.
    public init?(name: String, role: Role, secret: TokenSecret = .random()) {
        guard Self.isName(name), role > .guest else { return nil }
        self.name = name
        self.role = role
        self.secret = secret
    }

    /// Its line in a token file, secret included.
    public var line: String { "\(name) \(role.rawValue) \(secret.hexadecimal)" }

    /// What a name must look like, as a phrase that ends a message.
    public static let nameRule =
        "1 to \(nameBytesMax) letters, digits, dots, dashes and underscores"

    static func isName(_ text: String) -> Bool {
        (1...nameBytesMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                        || byte == UInt8(ascii: "-")
                }
            }
    }
}

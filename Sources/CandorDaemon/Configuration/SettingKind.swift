// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The kind of a setting's value.
public enum SettingKind: Sendable, Equatable {
    /// A path of the file system.
    case path
    /// A path that a Unix socket can have.
    case socketPath
    /// An octal file mode, 0000 to 0777.
    case mode
    /// An ADDRESS:PORT of this machine.
    case address
    /// Who has which role, as `PeerRoles` reads it.
    case roles
    /// One of several words.
    case choice([String])
    /// `yes` or `no`.
    case flag
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// Seconds, with or without a fraction.
    case seconds(ClosedRange<Double>)
    /// A number, or `off`.
    case limit(ClosedRange<Double>)
    /// The name of a user attribute of the data.
    case attribute
    /// Names of user attributes of the data, with commas between them.
    case attributes

    /// The names that a text of the kind `attributes` holds.
    static func names(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// Why `text` is no value of this kind, ending in what would be; nil when it is one.
    func problem(with text: String) -> String? {
        if text.isEmpty { return "the value is empty; \(expectation)" }
        switch self {
        case .path:
            return text.utf8.contains(0) ? "the path holds a NUL byte; \(expectation)" : nil
        case .socketPath:
            guard text.utf8.count > SocketAddress.pathBytesMax else { return nil }
            return "the path has \(text.utf8.count) bytes; \(expectation)"
        case .mode:
            return Self.mode(text) == nil ? "'\(text)' is no mode; \(expectation)" : nil
        case .address:
            do throws(ServingError) {
                _ = try NetworkAddress(text)
                return nil
            } catch {
                return error.description
            }
        case .roles:
            do throws(PeerRolesError) {
                _ = try PeerRoles(text)
                return nil
            } catch {
                return "\(error); \(expectation)"
            }
        case .choice(let words):
            guard !words.contains(text) else { return nil }
            let hint = Nearest.match(for: text, among: words).map { "did you mean \($0)? " } ?? ""
            return "'\(text)' is not known: \(hint)\(expectation)"
        case .flag:
            return Self.flag(text) == nil ? "'\(text)' is neither; \(expectation)" : nil
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                return "'\(text)' will not do; \(expectation)"
            }
            return nil
        case .seconds(let range):
            guard let number = Double(text), range.contains(number) else {
                return "'\(text)' will not do; \(expectation)"
            }
            return nil
        case .limit(let range):
            let isFine = text == Self.off || Double(text).map(range.contains) ?? false
            return isFine ? nil : "'\(text)' will not do; \(expectation)"
        case .attribute:
            let isFine = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
            return isFine ? nil : "'\(text)' is no name; \(expectation)"
        case .attributes:
            let areFine = Self.names(text).allSatisfy { Self.attribute.problem(with: $0) == nil }
            return areFine ? nil : "'\(text)' is no list of names; \(expectation)"
        }
    }

    /// The word for no limit.
    static let off = "off"

    /// What is accepted, as words that follow "expected".
    var expectation: String {
        switch self {
        case .path: "expected a path"
        case .socketPath: "expected a path of at most \(SocketAddress.pathBytesMax) bytes"
        case .mode: "expected four octal digits such as 0660"
        case .address: "expected an address and a port such as 127.0.0.1:7333"
        case .roles: "expected USER:ROLE, @GROUP:ROLE or *:ROLE, with commas between them"
        case .choice(let words): "expected " + words.joined(separator: ", ")
        case .flag: "expected yes or no"
        case .integer(let range):
            "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .seconds(let range):
            "expected seconds from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        case .limit(let range):
            "expected a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)), or off"
        case .attribute: "expected the name of a user attribute, without blanks"
        case .attributes: "expected names of user attributes, with commas and no blanks between"
        }
    }

    static func mode(_ text: String) -> UInt32? {
        guard (3...4).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x37).contains($0) })
        else { return nil }
        return UInt32(text, radix: 8).flatMap { $0 <= 0o777 ? $0 : nil }
    }

    static func flag(_ text: String) -> Bool? {
        switch text {
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default: nil
        }
    }
}

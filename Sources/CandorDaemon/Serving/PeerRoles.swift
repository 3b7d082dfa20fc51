// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Glibc

/// Which role those have who connect to a Unix socket, by user and group.
///
/// Written as `SUBJECT:ROLE` joined by commas; the first that fits counts. A subject is a user, by
/// name or number, `@` and a group likewise, or `*` for everybody. Root and the user whom the daemon
/// runs as are operators, whatever is written. Who fits nothing may not connect.
public struct PeerRoles: Sendable, Equatable {
    private enum Subject: Equatable {
        case user(UInt32)
        case group(UInt32)
        case everybody
    }

    private struct Rule: Equatable {
        let subject: Subject
        let role: Role
    }

    private let rules: [Rule]
    /// The users who are operators, whatever is written.
    private let trusted: [UInt32]

    /// Whether a peer's groups matter.
    let asksForGroups: Bool

    /// Everybody who may open the socket is an operator.
    public static let standard = PeerRoles(rules: [Rule(subject: .everybody, role: .operator)])
    /// Root and the daemon's own user alone.
    static let nobody = PeerRoles(rules: [])

    private init(rules: [Rule], trusted: [UInt32] = [0, geteuid()]) {
        self.rules = rules
        self.trusted = trusted
        asksForGroups = rules.contains { if case .group = $0.subject { true } else { false } }
    }

    /// Reads the written form; users and groups must exist.
    public init(_ text: String) throws(PeerRolesError) {
        try self.init(text, trusted: [0, geteuid()])
    }

    init(_ text: String, trusted: [UInt32]) throws(PeerRolesError) {
        var rules: [Rule] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: ":", omittingEmptySubsequences: false).map { word in
                String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            guard words.count == 2 else { throw .badRule(String(part)) }
            guard let role = Role(rawValue: words[1]), role > .guest else {
                throw .unknownRole(words[1])
            }
            rules.append(Rule(subject: try Self.subject(words[0]), role: role))
        }
        self.init(rules: rules, trusted: trusted)
    }

    /// The role of a peer; nil when it has none.
    func role(user: UInt32, groups: [UInt32]) -> Role? {
        if trusted.contains(user) { return .operator }
        return rules.first { rule in
            switch rule.subject {
            case .user(let number): number == user
            case .group(let number): groups.contains(number)
            case .everybody: true
            }
        }?.role
    }

    private static func subject(_ word: String) throws(PeerRolesError) -> Subject {
        if word == "*" { return .everybody }
        if word.hasPrefix("@") {
            let name = String(word.dropFirst())
            guard !name.isEmpty else { throw .badRule(word) }
            if let number = UInt32(name) { return .group(number) }
            guard let entry = getgrnam(name) else { throw .unknownGroup(name) }
            return .group(entry.pointee.gr_gid)
        }
        guard !word.isEmpty else { throw .badRule(word) }
        if let number = UInt32(word) { return .user(number) }
        guard let entry = getpwnam(word) else { throw .unknownUser(word) }
        return .user(entry.pointee.pw_uid)
    }
}

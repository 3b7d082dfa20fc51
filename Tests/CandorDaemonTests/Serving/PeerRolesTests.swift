// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Glibc
import Testing

@testable import CandorDaemon

@Suite("Roles by user and group")
struct PeerRolesTests {
    /// Users that nobody runs as here.
    private static let (alice, bob): (UInt32, UInt32) = (4_000_001, 4_000_002)

    @Test("the first rule that fits counts, and who fits none has no role")
    func rules() throws {
        let roles = try PeerRoles("\(Self.alice):operator, @4000010:writer,\(Self.bob):reader")
        #expect(roles.role(user: Self.alice, groups: []) == .operator)
        #expect(roles.role(user: Self.alice, groups: [4_000_010]) == .operator)
        #expect(roles.role(user: Self.bob, groups: [1, 4_000_010]) == .writer)
        #expect(roles.role(user: Self.bob, groups: [1]) == .reader)
        #expect(roles.role(user: 4_000_003, groups: [1]) == nil)
        #expect(roles.asksForGroups)
        let open = try PeerRoles("\(Self.alice):reader,*:writer")
        #expect(open.role(user: Self.alice, groups: []) == .reader)
        #expect(open.role(user: Self.bob, groups: []) == .writer)
        #expect(!open.asksForGroups)
    }

    @Test("root and the daemon's own user are operators, whatever is written")
    func always() throws {
        for roles in [try PeerRoles("*:reader"), .nobody, .standard] {
            #expect(roles.role(user: 0, groups: []) == .operator)
            #expect(roles.role(user: geteuid(), groups: []) == .operator)
        }
        #expect(PeerRoles.standard.role(user: Self.alice, groups: []) == .operator)
        #expect(PeerRoles.nobody.role(user: Self.alice, groups: [0]) == nil)
    }

    @Test("names are those of the machine")
    func names() throws {
        #expect(try PeerRoles("@root:writer").role(user: Self.bob, groups: [0]) == .writer)
        #expect(throws: PeerRolesError.unknownUser("no-such-user")) {
            try PeerRoles("no-such-user:reader")
        }
        #expect(throws: PeerRolesError.unknownGroup("no-such-group")) {
            try PeerRoles("@no-such-group:reader")
        }
    }

    @Test(
        "what is no rule is refused",
        arguments: [
            "", "root", "root:", ":reader", "@:reader", "root:king", "root:guest",
            "*:reader,", "a:b:c", "root reader",
        ])
    func malformed(text: String) {
        #expect(throws: PeerRolesError.self) { try PeerRoles(text) }
        #expect(SettingKind.roles.problem(with: text) != nil)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation
import Testing

@testable import candord

@Suite("What a configuration meets on the machine")
struct SurroundingsTests {
    private func problems(_ flags: [(Setting, String)]) throws -> [String] {
        Surroundings(try Configuration(flags: flags), hasInheritedSockets: false).findings()
            .filter(\.isProblem).map(\.message)
    }

    @Test("a state directory that can be made and data that can be read are no problem")
    func fine() throws {
        let folder = NSTemporaryDirectory()
        #expect(
            try problems([
                (.state, folder + "/candor-not-there"), (.data, folder),
                (.socket, folder + "/s.sock"),
            ]).isEmpty)
    }

    @Test("a relative path of one letter is a socket in the folder of the process")
    func shortest() throws {
        #expect(
            try problems([
                (.state, "s"), (.data, NSTemporaryDirectory()), (.socket, "s"),
                (.readonlySocket, "a/b/s"),
            ]) == ["the folder of the socket a/b/s does not exist"])
    }

    @Test("each thing that would stop a start is named")
    func wrong() throws {
        let found = try problems([
            (.state, "/proc/none/state"), (.data, "/no/such/data"), (.socket, "/no/such/s.sock"),
            (.connectionsMax, "100000"),
        ])
        #expect(found.contains { $0.contains("/proc/none/state does not exist") })
        #expect(found.contains { $0.contains("/no/such/data does not exist") })
        #expect(found.contains { $0.contains("folder of the socket") })
        let room = DescriptorLimit.connectionsMax
        #expect(found.contains { $0.contains("file descriptors") } == (room < 100_000))
        #expect(try problems([]).contains { $0.hasPrefix("socket is not set") })
        #expect(try problems([]).contains { $0.hasPrefix("state is not set") })
        #expect(try problems([]).contains { $0.contains("holds no generation yet") })
    }

    @Test("a look at a file alone takes what the unit gives for granted")
    func lookOnly() throws {
        let findings = Surroundings(.standard, hasInheritedSockets: false, isLookOnly: true)
            .findings()
        #expect(findings.allSatisfy { !$0.isProblem })
        #expect(findings.contains { $0.message.hasPrefix("state is not set here") })
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor

@Suite("The client's own commands")
struct MetaCommandTests {
    @Test("are read with their arguments")
    func accepted() throws {
        #expect(try MetaCommand("\\?") == .help)
        #expect(try MetaCommand("\\q") == .quit)
        #expect(try MetaCommand("\\timing") == .timing(nil))
        #expect(try MetaCommand("\\timing off") == .timing(false))
        #expect(try MetaCommand("\\format tsv") == .format(.tsv))
        #expect(try MetaCommand("\\watch 5 stats") == .watch(seconds: 5, request: "stats"))
        #expect(try MetaCommand("\\o") == .output(path: nil))
        #expect(try MetaCommand("\\o /tmp/x") == .output(path: "/tmp/x"))
        #expect(try MetaCommand("\\i script") == .include(path: "script"))
        #expect(try MetaCommand("\\g") == .again)
    }

    @Test(
        "are refused when they do not exist or lack what they need",
        arguments: ["\\nope", "\\format xml", "\\timing maybe", "\\i", "\\q now"])
    func refused(_ line: String) {
        #expect(throws: MetaCommandError.self) { try MetaCommand(line) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import Testing

@testable import candord

@Suite("The daemon's flags")
struct SettingFlagsTests {
    @Test("every setting has the flag of its name", arguments: Setting.allCases)
    func flags(setting: Setting) throws {
        let arguments = ["--" + setting.name] + (setting.kind == .flag ? [] : ["7"])
        let given = try SettingFlags.parse(arguments).given
        #expect(given.map(\.0) == [setting])
        #expect(given.first?.1 == (setting.kind == .flag ? "yes" : "7"))
    }

    @Test("nothing given, nothing set")
    func none() throws {
        #expect(try SettingFlags.parse([]).given.isEmpty)
    }
}

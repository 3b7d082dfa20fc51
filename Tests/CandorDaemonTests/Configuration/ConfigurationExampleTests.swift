// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("The example of a configuration file")
struct ConfigurationExampleTests {
    @Test("is what systemd/candord.conf ships: candord check --example > systemd/candord.conf")
    func shipped() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let shipped = try String(
            contentsOf: root.appending(path: "systemd/candord.conf"), encoding: .utf8)
        #expect(shipped == ConfigurationExample.text)
    }

    @Test("shows every setting, and read back it changes nothing")
    func example() throws {
        let text = ConfigurationExample.text
        #expect(try Configuration(file: Array(text.utf8), path: "c.conf") == .standard)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= 100 })
        for setting in Setting.allCases {
            #expect(lines.contains { $0.hasPrefix("#\(setting.name) = ") })
        }
        // Also with every example value in force.
        let inForce = lines.map { line in
            Setting.allCases.contains { line.hasPrefix("#\($0.name) = ") }
                ? String(line.dropFirst()) : line
        }
        _ = try Configuration(file: Array(inForce.joined(separator: "\n").utf8), path: "c.conf")
    }
}

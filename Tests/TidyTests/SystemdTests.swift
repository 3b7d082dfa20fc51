// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// The units are accepted by systemd itself, with the installed programs stood in for.
@Suite("systemd units")
struct SystemdTests {
    static let analyze = "/usr/bin/systemd-analyze"
    static let isPresent = FileManager.default.isExecutableFile(atPath: analyze)
    static let absent: Comment = "install the package systemd to check the units"

    @Test("pass systemd-analyze verify", .enabled(if: isPresent, absent))
    func verify() throws {
        let folder = try UnitsFolder()
        #expect(folder.units.count == 6)
        let result = try FinishedProgram(
            Self.analyze, ["verify", "--man=no"] + folder.units.map(folder.instancePath))
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test(
        "expose little: systemd rates the services at most 0.5, with loopback TCP 1.2",
        .enabled(if: isPresent, absent),
        arguments: [
            ("candord.service", nil, 5), ("candord@.service", nil, 5),
            ("candor-retrain.service", nil, 5), ("candord.service", "candord-tcp.conf", 12),
            ("candord.service", "candord-notify-reload.conf", 5),
        ] as [(String, String?, Int)])
    func exposure(unit: String, dropIn: String?, tenthsMax: Int) throws {
        let folder = try UnitsFolder()
        if let dropIn { try folder.append(dropIn, to: unit) }
        let result = try FinishedProgram(
            Self.analyze,
            ["security", "--offline=true", "--threshold=\(tenthsMax)", folder.instancePath(unit)])
        #expect(result.status == 0, "\(result.output.suffix(300))")
    }

    @Test("pass with the drop-in for TCP too", .enabled(if: isPresent, absent))
    func verifyTCP() throws {
        let folder = try UnitsFolder()
        try folder.append("candord-tcp.conf", to: "candord.service")
        let result = try FinishedProgram(
            Self.analyze, ["verify", "--man=no"] + folder.units.map(folder.instancePath))
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test(
        "the drop-in for TCP leaves a gap that the threshold of the Unix-only unit would see",
        .enabled(if: isPresent, absent))
    func thresholdBites() throws {
        let folder = try UnitsFolder()
        try folder.append("candord-tcp.conf", to: "candord.service")
        let result = try FinishedProgram(
            Self.analyze,
            [
                "security", "--offline=true", "--threshold=5",
                folder.instancePath("candord.service"),
            ])
        #expect(result.status != 0)
    }
}

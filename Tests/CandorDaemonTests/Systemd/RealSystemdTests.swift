// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// The units under the manager they were written for, with the built programs.
@Suite("Under a real systemd")
struct RealSystemdTests {
    @Test(
        "installed, started, reloaded, killed, hung, restarted and removed, it does what it should",
        .enabled(
            if: SystemdNamespace.isPossible,
            "SKIPPED: no real systemd can run here; root, systemd and namespaces are needed"))
    func scenario() throws {
        let home = try DaemonHome()
        let programs = URL(fileURLWithPath: try BuiltProgram.path("candord"))
            .deletingLastPathComponent().path
        let run = try SystemdNamespace.runScenario(programs: programs, data: home.data)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.split(separator: "\n").count { $0.hasPrefix("ok ") } >= 50)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport

/// A real system manager in namespaces of its own, made by a script of `Tests/Scripts`.
enum SystemdNamespace {
    /// The checkout that the tests were compiled from.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Whether this machine can run one; says so on the standard error where it cannot.
    static let isPossible: Bool = {
        let reason: String
        do {
            let probe = try run(["--probe"])
            if probe.status == 0 { return true }
            reason = probe.output
        } catch {
            reason = "\(error)"
        }
        FileHandle.standardError.write(
            Data("SKIPPED: the units did NOT run under a real systemd here: \(reason)\n".utf8))
        return false
    }()

    /// Goes through the scenario with the programs in `programs` and the data set in `data`.
    static func runScenario(programs: String, data: String) throws -> FinishedProgram {
        let seconds = Int(Sanitizer.patience(240))
        return try run([root.appending(path: "systemd").path, programs, data, "\(seconds)"])
    }

    private static func run(_ arguments: [String]) throws -> FinishedProgram {
        let script = root.appending(path: "Tests/Scripts/systemd_namespace.sh").path
        return try FinishedProgram("/bin/sh", [script] + arguments)
    }
}

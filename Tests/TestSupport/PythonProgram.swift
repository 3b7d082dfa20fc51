// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Programs of `Tests/Scripts`, run by the Python that `CANDOR_PYTHON` names, else `python3`.
public enum PythonProgram {
    private static var interpreter: String {
        ProcessInfo.processInfo.environment["CANDOR_PYTHON"] ?? "python3"
    }

    /// Whether that Python has pandas and pyarrow; says so on the standard error where it has not.
    public static let hasParquet: Bool = {
        // Because a Python that cannot be started is one without them.
        let status = try? run(["-c", "import numpy, pandas, pyarrow"]).status
        if status != 0 {
            FileHandle.standardError.write(
                Data(
                    """
                    SKIPPED: \(interpreter) has no pandas and pyarrow, so nobody else reads the Parquet \
                    files; CANDOR_PYTHON may name one that has

                    """.utf8))
        }
        return status == 0
    }()

    /// Runs one of the scripts; returns how it went.
    public static func run(
        _ script: String, _ arguments: [String]
    ) throws -> FinishedProgram {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Scripts")
        return try run([folder.appending(path: script).path] + arguments)
    }

    private static func run(_ arguments: [String]) throws -> FinishedProgram {
        try FinishedProgram("/usr/bin/env", [interpreter] + arguments)
    }
}

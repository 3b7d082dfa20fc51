// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Programs of `Tests/Scripts`, run by the Python that `CANDOR_PYTHON` names, else `python3`.
public enum PythonProgram {
    private static var interpreter: String {
        ProcessInfo.processInfo.environment["CANDOR_PYTHON"] ?? "python3"
    }

    /// Whether that Python is there and new enough for scripts that need nothing else; says so on the
    /// standard error where it is not.
    public static let isPresent = succeeds(
        "import sys; sys.exit(sys.version_info < (3, 9))",
        elseSkipped: "is missing or older than 3.9, so no second client reads the protocol")

    /// Whether that Python has pandas and pyarrow; says so on the standard error where it has not.
    public static let hasParquet = succeeds(
        "import numpy, pandas, pyarrow",
        elseSkipped: "has no pandas and pyarrow, so nobody else reads the Parquet files")

    private static func succeeds(_ program: String, elseSkipped reason: String) -> Bool {
        // Because a Python that cannot be started is one without what is asked for.
        let status = try? run(["-c", program]).status
        if status != 0 {
            FileHandle.standardError.write(
                Data(
                    """
                    SKIPPED: \(interpreter) \(reason); CANDOR_PYTHON may name one that serves

                    """.utf8))
        }
        return status == 0
    }

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

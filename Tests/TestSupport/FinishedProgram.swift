// SPDX-License-Identifier: GPL-3.0-or-later

public import Foundation

/// A program of the system that was run to its end.
public struct FinishedProgram {
    /// Its exit status.
    public let status: Int32
    /// All that it wrote to its standard output and error, in the order written.
    public let output: String

    /// Runs `path` with `arguments` in `folder`, else in the folder of the tests.
    ///
    /// Throws when it cannot be started; waits for its end however long it takes.
    public init(_ path: String, _ arguments: [String], in folder: URL? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = folder }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: said, as: UTF8.self)
    }
}

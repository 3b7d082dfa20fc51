// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs another program to its end.
enum ChildProgram {
    /// What `program` printed to its standard output.
    ///
    /// `environment` is added to this process's own; nil takes a variable away. Throws when it
    /// cannot be started or fails, with the last line it complained in.
    static func output(
        of program: String, _ arguments: [String], environment: [String: String?] = [:],
        scratch: ScratchFolder
    ) throws -> String {
        let complaints = scratch.file("complaints")
        try Data().write(to: URL(filePath: complaints))
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = try FileHandle(forWritingTo: URL(filePath: complaints))
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = try String(contentsOfFile: complaints, encoding: .utf8)
            let last = text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            throw BenchError.failed(program: ([program] + arguments).joined(separator: " "), last)
        }
        return String(decoding: output, as: UTF8.self)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs the programs that fetching leans on: a downloader, an unpacker, a package client.
enum ExternalProgram {
    /// Runs `arguments[0]` from PATH without a shell and waits; throws with the end of what it
    /// said on standard error unless it succeeds.
    static func run(_ arguments: [String]) throws(FetchError) {
        // The options would hide the reason that follows.
        let command = arguments.prefix { !$0.hasPrefix("--") }.joined(separator: " ")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let said = Pipe()
        process.standardError = said
        let output: Data
        do {
            try process.run()
            output = try said.fileHandleForReading.readToEnd() ?? Data()
        } catch {
            throw .program(command: command, reason: error.localizedDescription)
        }
        process.waitUntilExit()
        guard process.terminationReason == .exit && process.terminationStatus == 0 else {
            let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
            let reason = lines.last.map(String.init) ?? "status \(process.terminationStatus)"
            throw .program(command: command, reason: reason)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// The units are accepted by systemd itself, with the installed program stood in for.
@Suite("systemd units")
struct SystemdTests {
    static let analyze = "/usr/bin/systemd-analyze"
    static let isPresent = FileManager.default.isExecutableFile(atPath: analyze)
    static let absent: Comment = "install the package systemd to check the units"

    @Test("pass systemd-analyze verify", .enabled(if: isPresent, absent))
    func verify() throws {
        let folder = try Self.units()
        defer { Self.remove(folder) }
        let result = try Self.run(["verify", "--man=no"] + Self.paths(in: folder))
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test("expose little: systemd rates the service at most 0.5", .enabled(if: isPresent, absent))
    func exposure() throws {
        let folder = try Self.units()
        defer { Self.remove(folder) }
        let result = try Self.run(
            ["security", "--offline=true", "--threshold=5", folder + "/candord.service"])
        #expect(result.status == 0, "\(result.output)")
    }

    /// A folder with the units, whose ExecStart is a program that every machine has.
    private static func units() throws -> String {
        let folder = NSTemporaryDirectory() + "candor-units-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for name in ["candord.service", "candord.socket"] {
            let source = SourceTree.root.appendingPathComponent("systemd/" + name)
            let text = try String(contentsOf: source, encoding: .utf8)
                .replacingOccurrences(of: "/usr/bin/candord ", with: "/usr/bin/env ")
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        return folder
    }

    private static func paths(in folder: String) -> [String] {
        [folder + "/candord.service", folder + "/candord.socket"]
    }

    private static func remove(_ folder: String) {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Issue.record("cannot remove \(folder): \(error)")
        }
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: analyze)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

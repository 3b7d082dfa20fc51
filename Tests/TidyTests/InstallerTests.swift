// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// `systemd/install.sh` is tried below a folder in place of the root.
@Suite("The installer")
struct InstallerTests {
    private let folder = NSTemporaryDirectory() + "candor-install-" + UUID().uuidString
    private let script = SourceTree.root.appendingPathComponent("systemd/install.sh").path
    private let files = FileManager.default

    private var root: String { folder + "/root" }
    private var programs: String { folder + "/programs" }

    /// Runs the script below the folder, with programs that every machine has in place of ours.
    private func run(_ words: String...) throws -> FinishedProgram {
        try files.createDirectory(atPath: programs, withIntermediateDirectories: true)
        for program in ["candord", "candor"]
        where !files.fileExists(atPath: programs + "/" + program) {
            try files.copyItem(atPath: "/bin/true", toPath: programs + "/" + program)
        }
        return try FinishedProgram(
            "/bin/sh", [script, "--root", root, "--programs", programs] + words)
    }

    /// The files below the root, without folders.
    private func installed() throws -> Set<String> {
        guard files.fileExists(atPath: root) else { return [] }
        return Set(
            try files.subpathsOfDirectory(atPath: root).filter {
                var isFolder: ObjCBool = false
                return files.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
    }

    private func remove() {
        do {
            try files.removeItem(atPath: folder)
        } catch {
            Issue.record("cannot remove \(folder): \(error)")
        }
    }

    @Test("a dry run prints each step and takes none")
    func dryRun() throws {
        defer { remove() }
        let result = try run("--dry-run", "--tcp", "install")
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("install -m 644"))
        #expect(try installed().isEmpty)
    }

    @Test(
        "installs everything, keeps edited settings, and takes it away again but for the settings")
    func install() throws {
        defer { remove() }
        let result = try run("--tcp", "install")
        #expect(result.status == 0, "\(result.output)")
        let units = "etc/systemd/system/"
        #expect(
            try installed() == [
                "usr/bin/candord", "usr/bin/candor", "etc/candor/candord.conf",
                "etc/candor/tokens",
                "etc/sysusers.d/candor.conf", units + "candord.service",
                units + "candord@.service", units + "candord.socket",
                units + "candord-ro.socket", units + "candor-retrain.service",
                units + "candor-retrain.timer", units + "candord.service.d/tcp.conf",
            ])
        let tokens = root + "/etc/candor/tokens"
        #expect(try files.attributesOfItem(atPath: tokens)[.posixPermissions] as? Int == 0o600)
        let settings = root + "/etc/candor/candord.conf"
        try "threads = 1\n".write(toFile: settings, atomically: true, encoding: .utf8)
        let again = try run("install")
        #expect(again.status == 0 && again.output.contains("keeping"), "\(again.output)")
        #expect(try String(contentsOfFile: settings, encoding: .utf8) == "threads = 1\n")

        let removed = try run("uninstall")
        #expect(removed.status == 0, "\(removed.output)")
        #expect(try installed() == ["etc/candor/candord.conf", "etc/candor/tokens"])
        let dry = try run("--dry-run", "purge")
        #expect(dry.status == 0 && dry.output.contains("rm -rf"), "\(dry.output)")
        #expect(try installed() == ["etc/candor/candord.conf", "etc/candor/tokens"])
        #expect(try run("purge").status == 0)
        #expect(try installed().isEmpty)
    }

    @Test("what it does not understand changes nothing and shows how it is used")
    func misuse() throws {
        defer { remove() }
        let result = try run("sideways")
        #expect(result.status == 1 && result.output.contains("usage:"), "\(result.output)")
        #expect(try run().status == 1)
        #expect(try installed().isEmpty)
    }
}

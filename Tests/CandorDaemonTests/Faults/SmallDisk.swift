// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport

/// A real file system of a few MiB, in memory, in a mount namespace that goes with the last reference.
///
/// Programs see it that are started by `launcher`; the tests reach its files by `outside`.
final class SmallDisk {
    /// How much it holds.
    static let byteCount = 6 << 20

    /// Where it is mounted for those who are inside.
    let path: String
    /// Lives as long as its standard input is open, and keeps the namespace.
    private let keeper = Process()
    private let leash = Pipe()
    private let folder: TemporaryDirectory

    /// Mounts it; `isPossible` says whether that can be.
    init() throws {
        folder = try TemporaryDirectory()
        path = folder.path
        let said = Pipe()
        keeper.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        keeper.arguments = [
            "unshare", "--mount", "sh", "-c",
            "mount -t tmpfs -o size=\(Self.byteCount),mode=700 tmpfs \"$0\" && echo mounted"
                + " && exec cat",
            path,
        ]
        keeper.standardInput = leash
        keeper.standardOutput = said
        try keeper.run()
        guard
            String(decoding: said.fileHandleForReading.availableData, as: UTF8.self) == "mounted\n"
        else { throw EndToEndError.unexpected("no small file system was mounted") }
    }

    deinit {
        // Because it ends with its input; what is mounted goes with it.
        try? leash.fileHandleForWriting.close()
        keeper.waitUntilExit()
    }

    /// Whether this machine lets the tests mount one; says so on the standard error where it does not.
    static let isPossible: Bool = {
        let reason: String
        do {
            let probe = try FinishedProgram(
                "/usr/bin/env",
                [
                    "unshare", "--mount", "sh", "-c",
                    "mount -t tmpfs -o size=64k tmpfs /mnt && nsenter --mount -t $$ true",
                ])
            if probe.status == 0 { return true }
            reason = probe.output
        } catch {
            reason = "\(error)"
        }
        FileHandle.standardError.write(
            Data("SKIPPED: NO real disk was filled, as none can be mounted: \(reason)\n".utf8))
        return false
    }()

    /// The command that starts programs inside.
    var launcher: [String] { ["nsenter", "--mount", "-t", "\(keeper.processIdentifier)"] }

    /// The path by which the tests reach what is `path` for those inside.
    func outside(_ path: String) -> String { "/proc/\(keeper.processIdentifier)/root" + path }

    /// What is free.
    func freeBytes() throws -> Int {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: outside(path))
        guard let free = attributes[.systemFreeSize] as? NSNumber else {
            throw EndToEndError.unexpected("the free space is not known")
        }
        return free.intValue
    }

    /// Fills it up to `freeBytes`, all of it without; it is as full as asked for on return.
    func fill(leaving freeBytes: Int = 0) throws {
        try makeRoom()
        let count = try self.freeBytes() - freeBytes
        try Data(count: count).write(to: URL(fileURLWithPath: ballast))
    }

    /// Takes away what `fill` put there.
    func makeRoom() throws {
        guard unlink(ballast) == 0 || errno == ENOENT else {
            throw EndToEndError.unexpected("the ballast cannot be removed")
        }
    }

    private var ballast: String { outside(path + "/ballast") }
}

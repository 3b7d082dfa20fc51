// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport

/// Makes calls of a daemon fail, ends it at one, and moves its clock, by a library that is built here
/// and preloaded.
final class FaultyDisk: Sendable {
    /// The calls that can be made to fail; `fsync` stands for fdatasync too.
    enum Call: String {
        case write, fsync, rename
    }

    /// One call that changes what is on the disk.
    struct Step: Hashable, CustomStringConvertible {
        /// What was called, as the library names it.
        let call: String
        /// The file or folder that it concerned.
        let path: String

        var description: String { "\(call) \(path)" }
    }

    private let directory: TemporaryDirectory
    private let library: String

    /// Builds the library; `isPossible` says whether it can be.
    init() throws {
        directory = try TemporaryDirectory()
        library = directory.file("faults.so")
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scripts/faults.c").path
        let built = try FinishedProgram(
            "/usr/bin/env", ["cc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        guard built.status == 0 else {
            throw EndToEndError.unexpected("cc failed: \(built.output)")
        }
        try clear()
    }

    /// Whether there is a C compiler; says so on the standard error where there is none.
    static let isPossible: Bool = {
        // Because a compiler that cannot be started is one that is not there.
        if (try? FinishedProgram("/usr/bin/env", ["cc", "--version"]).status) == 0 { return true }
        FileHandle.standardError.write(
            Data("SKIPPED: there is no cc, so NO call of the daemon was made to fail\n".utf8))
        return false
    }()

    /// What a daemon needs in its environment.
    var environment: [String: String] {
        ["LD_PRELOAD": library, "CANDOR_FAULTS": directory.file("rules")]
    }

    /// From now on nothing fails and the clock is right.
    func clear() throws { try write("") }

    /// From now on each such call on a path with `text` in it fails with `code`.
    func fail(_ call: Call, on text: String, with code: Int32) throws {
        try write("\(call.rawValue) \(text) \(code)\n")
    }

    /// From now on each call that changes anything whose path has `text` in it is noted.
    func trace(_ text: String) throws { try write("trace \(text) 0\n") }

    /// From now on each such call waits, until something else is asked for.
    func hold(_ text: String) throws { try write("hold \(text) 0\n") }

    /// Waits until a call is held.
    func waitForHeld() throws {
        let end = ContinuousClock.now + .seconds(EndToEnd.timeoutSeconds)
        while noted.isEmpty {
            guard ContinuousClock.now < end else {
                throw EndToEndError.timedOut("a call that is held", output: "")
            }
            usleep(1_000)
        }
    }

    /// The daemon dies by SIGKILL just before the `number`-th such call that it makes, from 1 on; or,
    /// if `isTorn` and that is a write, when half of it is done.
    ///
    /// A daemon counts from its first call after it was told so.
    func kill(before number: Int, on text: String, isTorn: Bool = false) throws {
        try write("\(isTorn ? "tear" : "kill") \(text) \(number)\n")
    }

    /// From now on the wall clock is wrong by so many seconds.
    func shiftClock(seconds: Int) throws { try write("clock \(seconds)\n") }

    /// The calls that failed, were held, traced or not made because of a kill, in order, since the last
    /// `forgetNoted`.
    var noted: [Step] {
        // Because there is no such file before the first of them.
        let text = try? String(contentsOfFile: directory.file("rules.log"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map { line in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            return Step(call: words[0], path: words.count > 1 ? words[1] : "")
        }
    }

    /// Forgets what was noted.
    func forgetNoted() throws {
        guard unlink(directory.file("rules.log")) == 0 || errno == ENOENT else {
            throw EndToEndError.unexpected("the notes cannot be removed")
        }
    }

    /// Replaces the rules at once: a daemon reads them at every call.
    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory.file("rules.new")))
        guard rename(directory.file("rules.new"), directory.file("rules")) == 0 else {
            throw EndToEndError.unexpected("the rules cannot be replaced")
        }
    }
}

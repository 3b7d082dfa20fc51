// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation

/// The `candord` that was built beside this program, with a generation to serve.
enum DaemonUnderTest {
    /// Starts it on a state of its own, which is called `name` as its socket is; without
    /// `keepsAnswers` every answer is computed afresh.
    static func start(
        serving generation: Generation, scratch: ScratchFolder, name: String, keepsAnswers: Bool
    ) throws -> ServerProcess {
        let program = (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/candord"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw BenchError.missing("\(program): build it too, `swift build -c release`")
        }
        let state = scratch.file(name + "-state")
        try EngineUnderTest.save(generation, in: StateDirectory(state))
        return try ServerProcess(
            program,
            ["serve", "--state", state, "--socket", scratch.file(name), "--log-level", "warning"]
                + (keepsAnswers ? [] : ["--kept-answers", "0"]),
            path: scratch.file(name), isPinned: true)
    }
}

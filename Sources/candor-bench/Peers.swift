// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The environment that peers run in: Python with their packages, and the script that runs them.
struct Peers {
    private let python: String
    private let script: String
    private let vectorBuild: String
    private let threads: Int
    private let scratch: ScratchFolder

    /// `folder` has `v11/bin/python` and `libmf_avx.so`; throws when something is missing.
    init(folder: String, script: String, threads: Int, scratch: ScratchFolder) throws(BenchError) {
        python = folder + "/v11/bin/python"
        vectorBuild = folder + "/libmf_avx.so"
        self.script = script
        self.threads = threads
        self.scratch = scratch
        for path in [python, script] where !FileManager.default.fileExists(atPath: path) {
            throw .missing(path)
        }
    }

    /// Trains `model` on a split and scores it there, in a process of its own.
    ///
    /// Nil, and a note in the report, when that fails: our own figures are worth having alone.
    func run(
        _ model: PeerModel, on split: SplitData, extra: [String] = [], report: Report
    ) -> PeerResult? {
        if model.usesVectorBuild, !FileManager.default.fileExists(atPath: vectorBuild) {
            report.note("\(model.name) skipped: there is no \(vectorBuild)")
            return nil
        }
        do {
            let output = try ChildProgram.output(
                of: python,
                [
                    script, split.files.train, split.files.test, "--model", model.model,
                    "--threads", "\(threads)",
                ]
                    + model.arguments + extra,
                environment: ["LIBMF_OBJ": model.usesVectorBuild ? vectorBuild : nil],
                scratch: scratch)
            guard let result = PeerResult.parse(output) else {
                report.note("\(model.name) skipped: it printed no result")
                return nil
            }
            return result
        } catch {
            report.note("\(model.name) skipped: \(error)")
            return nil
        }
    }

    /// Has the script beside `script` write the splits of a ratings file to a folder.
    func makeSplits(of ratings: String, in folder: String) throws {
        let maker = URL(filePath: script).deletingLastPathComponent()
            .appending(path: "make_splits.py").path
        _ = try ChildProgram.output(of: python, [maker, ratings, folder], scratch: scratch)
    }
}

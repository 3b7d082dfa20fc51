// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor_bench

struct PeerResultTests {
    @Test("figures are read from the last object, whatever was printed before it")
    func rating() throws {
        let output = """
            Using file found in somewhere: {no object}
            {"package": "libmf 0.9.1", "train_s": 9, "rmse": 1}
            {"model": "libmf", "package": "libmf 0.9.2", "train_s": 0.352, "rmse": 0.91592, "set": {"k": 16}}

            """
        let result = try #require(PeerResult.parse(output))
        #expect(result.package == "libmf 0.9.2")
        #expect(result.trainSeconds == 0.352)
        #expect(result.rmse == 0.91592)
        #expect(result.ranking == nil)
    }

    @Test("quality of lists and latencies are read where they are")
    func ranking() throws {
        let output = """
            {"package": "implicit 0.7.3", "train_s": 3.5, "ranking": {"ndcg10": 0.3745, \
            "recall20": 0.33, "users": 6034}, "top10_native_us": {"p50": 78.1, "p99": 120, \
            "calls": 1000}, "explain_us": {"p50": 2200.5, "p99": 4000, "calls": 200}}
            """
        let result = try #require(PeerResult.parse(output))
        #expect(result.rmse == nil)
        #expect(result.ranking?["ndcg10"] == 0.3745)
        #expect(result.list?.p50 == 78.1)
        #expect(result.explanation?.p99 == 4000)
    }

    @Test("what is no result is none", arguments: ["", "nothing", "{broken", "{\"rmse\": 1}"])
    func none(_ output: String) {
        #expect(PeerResult.parse(output) == nil)
    }

    @Test("a missing environment is said, not run")
    func missing() throws {
        let scratch = try ScratchFolder()
        #expect(throws: BenchError.self) {
            try Peers(folder: scratch.path, script: "peers.py", threads: 2, scratch: scratch)
        }
    }

    @Test("a program's output is given, and its last complaint when it fails")
    func program() throws {
        let scratch = try ScratchFolder()
        let output = try ChildProgram.output(
            of: "/bin/sh", ["-c", "echo $WORD"], environment: ["WORD": "yes"], scratch: scratch)
        #expect(output == "yes\n")
        do {
            _ = try ChildProgram.output(
                of: "/bin/sh", ["-c", "echo first >&2; echo last >&2; exit 3"], scratch: scratch)
            Issue.record("it did not fail")
        } catch let error as BenchError {
            #expect(error.description.hasSuffix("failed: last"))
        }
    }
}

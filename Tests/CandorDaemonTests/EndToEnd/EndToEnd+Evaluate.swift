// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// `candord evaluate`, checked from the files it reads and writes.
    @Suite("Evaluate")
    struct Evaluate {
        @Test("the predictions of the rating head give the printed errors again")
        func rating() throws {
            let files = try SplitFiles(DaemonHome())
            let result = try files.evaluate("rating")
            #expect(result.rows.count == files.test.count)
            var squares = 0.0
            var distances = 0.0
            for (row, line) in zip(result.rows, files.test) {
                try #require(row.count == 4)
                #expect(row[0] == line[0] && row[1] == line[1])
                let rating = try #require(Double(row[2]))
                let prediction = try #require(Double(row[3]))
                #expect(rating == Double(line[2]))
                #expect((1...5).contains(prediction))
                squares += (rating - prediction) * (rating - prediction)
                distances += abs(rating - prediction)
            }
            let count = Double(result.rows.count)
            let rmse = try #require(result.figures["rmse"] as? Double)
            let mae = try #require(result.figures["mae"] as? Double)
            #expect(abs(rmse - (squares / count).squareRoot()) < 1e-9)
            #expect(abs(mae - distances / count) < 1e-9)
            #expect(result.figures["test_ratings"] as? Int == files.test.count)
            #expect(result.figures["train_ratings"] as? Int == files.train.count)
        }

        @Test("the lists of the ranking head give the printed precision again")
        func ranking() throws {
            let files = try SplitFiles(DaemonHome())
            let result = try files.evaluate("ranking")
            let known = Set(files.train.map { "\($0[0]) \($0[1])" })
            let relevant = Set(files.test.filter { $0[2] >= "4" }.map { "\($0[0]) \($0[1])" })
            let measured = Set(files.test.filter { $0[2] >= "4" }.map { $0[0] })
            var hits = 0
            for list in Dictionary(grouping: result.rows, by: { $0[0] }).values {
                #expect(list.map { $0[1] } == (1...10).map(String.init))
                let scores = list.compactMap { Double($0[3]) }
                #expect(scores.count == 10 && scores == scores.sorted(by: >))
                for row in list {
                    #expect(!known.contains("\(row[0]) \(row[2])"))
                    if relevant.contains("\(row[0]) \(row[2])") { hits += 1 }
                }
            }
            let precision = try #require(result.figures["precision@10"] as? Double)
            #expect(result.figures["users_measured"] as? Int == measured.count)
            #expect(abs(precision - Double(hits) / 10 / Double(measured.count)) < 1e-9)
            #expect(precision > 0)
        }

        @Test("the table shows the figures of the JSON object")
        func table() throws {
            let files = try SplitFiles(DaemonHome())
            let figures = try files.evaluate("rating").figures
            let run = try ChildProgram.run("candord", files.arguments("rating"))
            #expect(run.ending == .exited(0))
            let shown = run.output.split(separator: "\n").map { $0.split(separator: " ") }
            #expect(Set(shown.map { String($0[0]) }) == Set(figures.keys))
            let rmse = try #require(shown.first { $0[0] == "rmse" }.flatMap { Double($0[1]) })
            #expect(abs(rmse - (figures["rmse"] as? Double ?? .nan)) < 1e-5)
        }

        /// Generated ratings, every fifth of which is held out.
        private struct SplitFiles {
            let home: DaemonHome
            /// The lines of the two files, each as its fields.
            let train: [[String]]
            let test: [[String]]

            init(_ home: DaemonHome) throws {
                self.home = home
                let text = try String(contentsOfFile: home.data + "/ratings.dat", encoding: .utf8)
                let lines = text.split(separator: "\n").enumerated()
                let kept = lines.filter { $0.offset % 5 != 0 }.map(\.element)
                let heldOut = lines.filter { $0.offset % 5 == 0 }.map(\.element)
                for (name, part) in [("train", kept), ("test", heldOut)] {
                    try (part.joined(separator: "\n") + "\n").write(
                        toFile: home.file(name), atomically: false, encoding: .utf8)
                }
                train = kept.map { $0.components(separatedBy: "::") }
                test = heldOut.map { $0.components(separatedBy: "::") }
            }

            func arguments(_ head: String) -> [String] {
                [
                    "evaluate", "--train", home.file("train"), "--test", home.file("test"),
                    "--head", head,
                ]
            }

            /// Runs `candord evaluate` and reads what it printed and wrote.
            func evaluate(_ head: String) throws -> (figures: [String: Any], rows: [[String]]) {
                let path = home.file("predictions")
                let run = try ChildProgram.run(
                    "candord", arguments(head) + ["--predictions", path, "--json"])
                #expect(run.ending == .exited(0), "\(run.errors)")
                let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
                let figures = try #require(json as? [String: Any])
                #expect(figures["head"] as? String == head)
                let table = try String(contentsOfFile: path, encoding: .utf8)
                return (
                    figures,
                    table.split(separator: "\n").map {
                        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                    }
                )
            }
        }
    }
}

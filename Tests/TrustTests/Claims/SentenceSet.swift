// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing
import Trust

/// Sentences about made-up answers, each with the mark that it ought to get.
struct SentenceSet {
    struct Sentence {
        let mark: Verdict
        let sheet: String
        let text: String
    }

    /// How a set was marked.
    struct Result {
        var right: [Verdict: Int] = [:]
        var given: [Verdict: Int] = [:]
        var expected: [Verdict: Int] = [:]
        /// Sentences that were given another mark than theirs.
        var wrong: [String] = []

        /// Of the sentences that were given a mark, the part whose own it is; 1 for none.
        func precision(_ mark: Verdict) -> Double {
            let given = given[mark, default: 0]
            return given == 0 ? 1 : Double(right[mark, default: 0]) / Double(given)
        }

        /// Of the sentences with a mark, the part that were given it.
        func recall(_ mark: Verdict) -> Double {
            Double(right[mark, default: 0]) / Double(max(expected[mark, default: 0], 1))
        }
    }

    static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Sentences")

    let sentences: [Sentence]

    /// Reads the set called `name`.
    init(_ name: String) throws {
        let file = Self.directory.appending(path: name + ".tsv")
        sentences = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { line in
                let parts = line.split(separator: "\t").map(String.init)
                return Sentence(
                    mark: try #require(Verdict(rawValue: parts[0])), sheet: parts[1],
                    text: parts[2])
            }
    }

    /// Marks every sentence.
    func run() throws -> Result {
        let checkers = try SampleSheet.all(in: Self.directory).mapValues(\.checker)
        var result = Result()
        for sentence in sentences {
            let checked = try #require(checkers[sentence.sheet]).check(sentence.text)
            #expect(checked.count == 1, "\(sentence.text) is one sentence")
            let mark = try #require(checked.first).verdict
            result.expected[sentence.mark, default: 0] += 1
            result.given[mark, default: 0] += 1
            if mark == sentence.mark {
                result.right[mark, default: 0] += 1
            } else {
                result.wrong.append(
                    "\(mark.rawValue), not \(sentence.mark.rawValue): \(sentence.text)")
            }
        }
        return result
    }
}

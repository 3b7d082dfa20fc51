// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import candor

@Suite("Completion")
struct CompletionTests {
    private let names = KnownNames(
        verbs: Verb.allCases.map(\.rawValue), users: ["alice", "bob"], items: ["364"],
        attributes: ["age", "gender"])

    private func complete(_ line: String) -> Completion? {
        Completion.of(line, names: names) { words in
            let catalogue = [
                Completion.TitleMatch(item: "1", title: "Toy Story (1995)"),
                Completion.TitleMatch(item: "3114", title: "Toy Story 2 (1999)"),
                Completion.TitleMatch(item: "2571", title: "Matrix, The (1999)"),
            ]
            return catalogue.filter { $0.title.lowercased().contains(words.lowercased()) }
        }
    }

    @Test("a verb's beginning becomes the verb and a blank")
    func verb() throws {
        let completion = try #require(complete("recom"))
        #expect(completion.insertion?.lowercased() == "recommend ")
        #expect(completion.bytes == 0..<5)
    }

    @Test("an ambiguous beginning lists what is possible")
    func ambiguous() throws {
        let completion = try #require(complete("re"))
        #expect(
            completion.choices.map { $0.text.uppercased() }
                == ["RECOMMEND", "REPORT", "RETRAIN", "REPRODUCE", "RELOAD"])
    }

    @Test("options, their values and users come from the verb table and the session")
    func arguments() throws {
        #expect(complete("recommend al")?.insertion == "alice ")
        #expect(complete("explain alice 364 he")?.insertion == "head=")
        #expect(complete("explain alice 364 head=ran")?.insertion?.hasSuffix("ranking ") == true)
        #expect(complete("audit by=gen")?.insertion?.hasSuffix("gender ") == true)
        #expect(complete("show us")?.insertion == "user ")
    }

    @Test("an item is found by words of its title and inserted by its identifier")
    func titles() throws {
        #expect(complete("similar matr")?.insertion == "2571 ")
        let several = try #require(complete("similar toy"))
        #expect(several.choices.map(\.text) == ["1", "3114"])
        #expect(several.choices.map(\.note) == ["Toy Story (1995)", "Toy Story 2 (1999)"])
    }

    @Test("of several items in one word the last is completed, the others stay")
    func listed() throws {
        let line = "explain alice 364 without=matr"
        #expect(complete(line)?.insertion == "2571 ")
        let second = try #require(complete("explain alice 364 without=1,matr"))
        #expect(second.insertion == "2571 " && second.bytes == 28..<32)
        let several = try #require(complete("explain alice 364 without=2571,toy"))
        #expect(several.choices.map(\.text) == ["1", "3114"] && several.insertion == nil)
        #expect(complete("explain alice 1 without=2571,36")?.insertion == "364 ")
    }

    @Test("of several words with commas between them the last is completed")
    func listedWords() throws {
        #expect(complete("watch gene")?.insertion == "generation ")
        let second = try #require(complete("watch generation,retr"))
        #expect(second.insertion == "retrain " && second.bytes == 17..<21)
    }

    @Test("what fits nothing is left alone")
    func nothing() {
        #expect(complete("xyzzy") == nil)
        #expect(complete("ping zzz") == nil)
    }

    @Test("the client's own commands and their words complete too")
    func meta() {
        #expect(complete("\\tim")?.insertion == "\\timing ")
        #expect(complete("\\format js")?.insertion == "json ")
    }
}

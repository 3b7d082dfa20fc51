// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: lists that share a scan")
struct EngineListTests {
    private static let lines = [
        "RECOMMEND u01 k=3", "RECOMMEND u07 k=9", "RECOMMEND u07 k=1 rank=rating",
        "RECOMMEND nobody k=4", "RECOMMEND u11 k=1000", "RECOMMEND u03 rank=rating",
        "RECOMMEND nobody rank=rating", "RECOMMEND u01 k=3",
    ]
    private let together: EngineHarness
    private let alone: EngineHarness

    init() throws {
        together = try EngineHarness(PlantedGeneration.first(), sharesScans: true)
        alone = try EngineHarness()
    }

    @Test("each is the list that a scan of its own gives")
    func sameLists() throws {
        let tickets = try Self.lines.map { try together.begin($0, connection: 1) }
        #expect(together.engine.answersTogether)
        together.collect()
        #expect(!together.engine.answersTogether)
        #expect(together.engine.waiting.isEmpty)
        for (ticket, line) in zip(tickets, Self.lines) {
            let answer = try together.answer(to: ticket)
            let expected = try alone.ask(line)
            #expect(try answer.response.get() == expected.response.get())
            #expect(answer.generation == expected.generation)
            #expect((answer.validity == nil) == (expected.validity == nil))
        }
    }

    @Test("one that is asked for before a rating does not know of it, one after it does")
    func beforeRating() throws {
        let before = try together.begin("RECOMMEND u07", connection: 1)
        let rating = try together.begin("RATE u07 i1 1", connection: 2)
        try together.waitForWake()
        together.collect()
        _ = try together.answer(to: rating)
        let old = try together.answer(to: before).response.get()
        #expect(try old == alone.reply("RECOMMEND u07"))
        try alone.reply("RATE u07 i1 1")
        let after = try together.begin("RECOMMEND u07")
        together.collect()
        let new = try together.answer(to: after).response.get()
        #expect(try new == alone.reply("RECOMMEND u07"))
        #expect(new != old)
    }

    @Test("a connection that has gone is not answered")
    func gone() throws {
        _ = try together.begin("RECOMMEND u07", connection: 5)
        let other = try together.begin("RECOMMEND u07", connection: 6)
        together.engine.abandon(connection: 5)
        let deliveries = together.engine.collect()
        #expect(deliveries.map(\.ticket) == [other])
        #expect(together.engine.waiting.isEmpty)
    }

    @Test("small catalogues are scanned at once")
    func small() throws {
        _ = try alone.begin("RECOMMEND u07")
        #expect(!alone.engine.answersTogether)
    }
}

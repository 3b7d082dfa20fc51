// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: events")
struct EngineEventTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    private func events(of watch: Ticket) -> [Event] {
        harness.collect()
        return harness.events[watch] ?? []
    }

    @Test("who watches is told of a retrain's beginning, steps and end, and of the generation")
    func retrain() throws {
        let watch = try harness.begin("WATCH", connection: 7)
        let chosen = try harness.begin("WATCH generation", connection: 8, role: .reader)
        let retrain = try harness.begin("RETRAIN force", connection: 9)
        _ = try harness.answer(to: retrain).response.get()
        let told = events(of: watch)
        #expect(told.map(\.number) == Array(1...told.count))
        #expect(told.allSatisfy { $0.time == EngineHarness.now })
        let states = told.map { $0.fields.first { $0.name == "state" }?.value }
        #expect(states.first == .text("began"))
        #expect(told.last?.kind == .retrain && states.last == .text("finished"))
        #expect(states.filter { $0 == .text("progress") }.count > 2)
        let swap = try #require(told.firstIndex { $0.kind == .generation })
        #expect(swap == told.count - 2 && told[swap].generation == 2)
        #expect(
            told[swap].fields == [
                .init("previous", .integer(1)), .init("cause", .text("retrained")),
                .init("request", .text("\(retrain)")),
            ])
        #expect(told.last?.fields.contains(.init("outcome", .text("promoted"))) == true)
        #expect(
            told.filter { $0.kind == .retrain }.allSatisfy {
                $0.fields.contains(.init("request", .text("\(retrain)")))
            })
        #expect(told[..<swap].allSatisfy { $0.generation == 1 })
        #expect(events(of: chosen) == [told[swap]])
    }

    @Test("work that fails says why, by the code's name")
    func failure() throws {
        let watch = try harness.begin("WATCH retrain")
        let retrain = try harness.begin("RETRAIN sweeps=1000", connection: 9)
        harness.engine.abandon(connection: 9)
        #expect(throws: WireError.self) { try harness.answer(to: retrain).response.get() }
        let last = try #require(events(of: watch).last)
        #expect(last.fields.contains(.init("state", .text("failed"))))
        #expect(last.fields.contains(.init("reason", .text("cancelled"))))
    }

    @Test("the next request ends a watch, with the number of events, and none come after it")
    func conclusion() throws {
        let watch = try harness.begin("WATCH reload,connections")
        harness.engine.refused(reason: "3 connections are open")
        try harness.reply("RELOAD")
        harness.engine.conclude(watch)
        harness.engine.conclude(watch)
        let reply = try harness.answer(to: watch).response.get()
        #expect(reply["events"] == .integer(2) && reply["ended"] == .text("next-line"))
        harness.engine.refused(reason: "again")
        #expect(events(of: watch).map(\.kind) == [.connections, .reload])
        #expect(try harness.reply("STATS")["watchers"] == .integer(0))
        #expect(try harness.reply("STATS")["events"] == .integer(3))
    }

    @Test("stopping is told, and ends all watches")
    func stopping() throws {
        let watch = try harness.begin("WATCH", role: .reader)
        harness.engine.stop()
        let reply = try harness.answer(to: watch).response.get()
        #expect(reply["events"] == .integer(1) && reply["ended"] == .text("shutdown"))
        #expect(events(of: watch).map(\.kind) == [.shutdown])
        #expect(try harness.refusal(of: "WATCH") == .shuttingDown)
    }

    @Test("readers are told of nothing that operators do, and nobody of whom")
    func privacy() throws {
        let reader = try harness.begin("WATCH", connection: 5, role: .reader)
        let watch = try harness.begin("WATCH", connection: 6)
        for line in ["EXPORT user u03", "FORGET u03", "RELOAD", "AUDIT resamples=100"] {
            try harness.reply(line)
        }
        #expect(events(of: reader).isEmpty)
        let told = events(of: watch)
        #expect(Set(told.map(\.kind)) == [.export, .forget, .reload, .audit])
        for field in told.flatMap(\.fields) {
            if case .text(let text) = field.value { #expect(!text.contains("u03")) }
        }
        for kind in EventKind.watchable where kind.role == .operator {
            let ticket = try harness.begin("WATCH \(kind.rawValue)", role: .reader)
            guard case .failure(let error) = try harness.answer(to: ticket).response else {
                Issue.record("a reader watches \(kind)")
                continue
            }
            #expect(error.code == .notPermitted)
        }
    }

    @Test("a connection that has gone watches no more")
    func gone() throws {
        _ = try harness.begin("WATCH", connection: 5)
        harness.engine.abandon(connection: 5)
        #expect(try harness.reply("STATS")["watchers"] == .integer(0))
    }
}

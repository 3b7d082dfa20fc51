// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: events of what serves")
struct EngineLifecycleEventTests {
    /// A retrain that the standard gates refuse.
    private static let worse = "RETRAIN rating=mean ranking=popular"

    private func told(_ watch: Ticket, by harness: EngineHarness) -> [String] {
        harness.collect()
        return (harness.events[watch] ?? []).filter {
            !$0.fields.contains(.init("state", .text("progress")))
        }.map(Self.text)
    }

    /// One event in words, without what varies: `generation of 2: previous=1 cause=promoted`.
    private static func text(_ event: Event) -> String {
        let words = event.fields.map { field in
            switch field.value {
            case .text(let text): "\(field.name)=\(text)"
            case .integer(let number): "\(field.name)=\(number)"
            default: "\(field.name)=?"
            }
        }
        return "\(event.kind) of \(event.generation): \(words.joined(separator: " "))"
    }

    @Test("readers are told once of a promotion or rollback, why, and until when it may go back")
    func steering() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN seed=2")
        let watch = try harness.begin("WATCH", connection: 7, role: .reader)
        let rollback = try harness.begin("ROLLBACK", connection: 3)
        _ = try harness.answer(to: rollback).response.get()
        let promote = try harness.begin("PROMOTE 2 confirm_within=300", connection: 3)
        _ = try harness.answer(to: promote).response.get()
        let confirm = try harness.begin("CONFIRM", connection: 3)
        _ = try harness.answer(to: confirm).response.get()
        #expect(
            told(watch, by: harness) == [
                "generation of 1: previous=2 cause=rolled-back request=\(rollback)",
                "generation of 2: previous=1 cause=promoted "
                    + "confirm_by=\(EngineHarness.now + 300) request=\(promote)",
                "confirmation of 2: state=confirmed request=\(confirm)",
            ])
    }

    @Test("a promotion that nobody confirms tells those who watch that it has gone back by itself")
    func reverting() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN seed=2")
        try harness.reply("ROLLBACK")
        try harness.reply("PROMOTE 2 confirm_within=300")
        let watch = try harness.begin("WATCH generation,confirmation", role: .reader)
        harness.clock.advance(seconds: 300)
        while harness.engine.generation == 2 {
            try harness.waitForWake()
            harness.collect()
        }
        #expect(
            told(watch, by: harness) == ["generation of 1: previous=2 cause=reverted"])
    }

    @Test("a promotion that cannot go back tells so, and that it still serves")
    func revertFailing() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN seed=2")
        try harness.reply("ROLLBACK")
        try harness.reply("PROMOTE 2 confirm_within=300")
        let watch = try harness.begin("WATCH", role: .reader)
        try harness.scratch.write("state/generations/000001/data.sections", [])
        harness.clock.advance(seconds: 300)
        var lines: [String] = []
        while lines.isEmpty {
            try harness.waitForWake()
            lines = told(watch, by: harness)
        }
        #expect(lines == ["confirmation of 2: state=failed reason=storage-failed"])
        #expect(harness.engine.generation == 2)
    }

    @Test("a retrain's end tells what came of it: refused by which gates, overruled, unchanged")
    func outcomes() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), settings: "")
        let watch = try harness.begin("WATCH", connection: 7, role: .reader)
        let refused = try harness.begin(Self.worse)
        guard case .failure = try harness.answer(to: refused).response else {
            Issue.record("the gates let it pass")
            return
        }
        let unchanged = try harness.begin("RETRAIN")
        _ = try harness.answer(to: unchanged).response.get()
        let promote = try harness.begin("PROMOTE 2 force")
        _ = try harness.answer(to: promote).response.get()
        let manifest = try harness.store.inspect(2)
        let reasons = try #require(manifest.gates?.reasons).joined(separator: "; ")
        #expect(reasons.contains("gate-rmse"))
        #expect(
            told(watch, by: harness) == [
                "retrain of 1: state=began request=\(refused)",
                "retrain of 1: state=failed reason=generation-refused refused=2 "
                    + "gates=\(reasons) request=\(refused)",
                "retrain of 1: state=began request=\(unchanged)",
                "retrain of 1: state=finished outcome=unchanged request=\(unchanged)",
                "generation of 2: previous=1 cause=promoted gates=\(reasons) request=\(promote)",
            ])
    }

    @Test("a cancelled retrain is told as such")
    func cancelled() throws {
        let harness = try EngineHarness(PlantedGeneration.slowToRetrain())
        let watch = try harness.begin("WATCH", connection: 7, role: .reader)
        let retrain = try harness.begin("RETRAIN force", connection: 8)
        try harness.waitForProgress(of: retrain)
        try harness.reply("CANCEL")
        #expect(
            told(watch, by: harness) == [
                "retrain of 1: state=began request=\(retrain)",
                "retrain of 1: state=failed reason=cancelled request=\(retrain)",
            ])
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: the memory of retrains")
struct EngineMemoryTests {
    private func memory(_ generation: Generation, needsMeasuring: Bool) -> RetrainMemory {
        RetrainMemory(
            generation.data, serving: generation, options: generation.manifest.training,
            needsMeasuring: needsMeasuring, threads: 1)
    }

    @Test("more than the setting allows is refused, with numbers and what to change, until RELOAD")
    func setting() throws {
        let harness = try EngineHarness(
            PlantedGeneration.first(), settings: EngineHarness.ungated + "\nretrain-memory = 1\n")
        guard case .failure(let error) = try harness.ask("RETRAIN seed=2").response else {
            Issue.record("the retrain passed")
            return
        }
        #expect(error.code == .retrainTooLarge)
        let needed = MemoryLimit.mebibytes(
            memory(try PlantedGeneration.first(), needsMeasuring: false).bytes)
        for words in ["480 ratings", "\(needed) MiB", "may take 1 (retrain-memory)", "rating=fast"]
        {
            #expect(error.message.contains(words), "\(error.message)")
        }
        #expect(try harness.generationFolders() == ["000001"])
        harness.settingsFile.write(
            EngineHarness.ungated + "\nretrain-memory = \(needed)\n")
        #expect(try harness.reply("RELOAD").texts("effect") == ["applied"])
        let retrain = try harness.begin("RETRAIN seed=2", connection: 7)
        _ = try harness.answer(to: retrain).response.get()
        #expect(
            harness.progress[retrain]?.map(\.stage).contains(
                "takes up to \(needed) MiB of memory") == true)
    }

    @Test("a retrain that fits without measuring is told so, and at the limit it passes")
    func gates() throws {
        let generation = try PlantedGeneration.first()
        let (alone, measured) = (
            memory(generation, needsMeasuring: false), memory(generation, needsMeasuring: true)
        )
        #expect(alone.bytes == measured.trainingBytes && alone.bytes < measured.bytes)
        let limit = MemoryLimit(bytes: alone.bytes, origin: "a test")
        try limit.check(alone, ratings: 480)
        let error = #expect(throws: WireError.self) { try limit.check(measured, ratings: 480) }
        #expect(error?.message.contains("gates that measure to off") == true)
    }

    @Test("0 is no limit, a number is so many MiB, and nothing is what the machine has")
    func origins() throws {
        func limit(_ text: String) throws -> MemoryLimit? {
            MemoryLimit.current(try Configuration(file: Array(text.utf8), path: "candord.conf"))
        }
        #expect(try limit("retrain-memory = 0") == nil)
        #expect(
            try limit("retrain-memory = 3") == MemoryLimit(bytes: 3 << 20, origin: "retrain-memory")
        )
        let machine = try #require(try limit(""))
        #expect(machine.bytes > 0 && machine.bytes < MachineMemory.bytes ?? 0)
        #expect(machine.origin.contains("MemoryMax="))
    }

    @Test("no more ratings are read into memory than fit; those of an import are not read into it")
    func reading() throws {
        let scratch = try ScratchDirectory()
        let directory = DataDirectory(path: scratch.file("data"))
        try RetrainDataFolder.make(at: directory.path)
        let data = try directory.read("new", skipBadLines: false, ratingsMax: 5).data
        #expect(throws: DataDirectoryError.tooManyRatings) {
            try directory.read("new", skipBadLines: false, ratingsMax: 4)
        }
        _ = try DataSnapshot.write(data, to: scratch.file("data/import.sections"))
        #expect(
            try directory.read("import.sections", skipBadLines: false, ratingsMax: 4).data == data)
        let limit = MemoryLimit(bytes: 4 * RetrainMemory.readingBytesPerRating, origin: "a test")
        #expect(limit.ratingsMax == 4)
        let error = WireErrors.data(.tooManyRatings, limit: limit)
        #expect(error.code == .retrainTooLarge && error.message.contains("more than 4 ratings"))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Factors
import Glibc
import Logging
import Testing

@testable import CandorDaemon

@Suite("A generation handed over in memory")
struct HandedGenerationTests {
    private let scratch: ScratchDirectory
    private let log = LogRecorder()

    init() throws { scratch = try ScratchDirectory() }

    /// A store that serves generation 2 of the sample data, and has generation 1 too.
    private func open() throws -> GenerationStore {
        let store = try GenerationStore(StateDirectory(scratch.path), logger: log.logger)
        if try store.list().isEmpty {
            try store.save(Generation.sample(1))
            try store.save(Generation.sample(2))
            try store.promote(2)
        }
        return store
    }

    /// What a service manager would pass on of a generation, in its own order.
    private func passed(_ number: Int) throws -> [(name: String, descriptor: Int32)] {
        var passed: [(name: String, descriptor: Int32)] = [("control", 0)]
        try open().handOver(number) { passed.append(($0, dup($1))) }
        return passed
    }

    private func handed(_ number: Int) throws -> HandedGeneration {
        try #require(HandedGeneration(passed(number)))
    }

    private var folder: String { scratch.path + "/generations/000002" }

    private func start(_ handed: HandedGeneration) throws -> Generation? {
        guard case .ready(let generation) = try open().start(handed: handed) else { return nil }
        return generation
    }

    @Test("the next daemon serves from memory what this one served, bit for bit")
    func served() throws {
        let handed = try handed(2)
        #expect(handed.number == 2)
        #expect(
            handed.names.contains("gen-000002-data.sections") && !handed.names.contains("control"))
        #expect(handed.names.allSatisfy { HandedGeneration.isName($0) && !$0.contains(":") })
        // Damage on the disk shows that it is not asked; only its manifest is.
        try DurableFile.removeIfPresent(folder + "/rating-head.bin")
        try DurableFile.removeIfPresent(folder + "/data.sections")
        let generation = try #require(try start(handed))
        handed.close()
        let expected = try Generation.sample(2)
        #expect(generation.data == expected.data)
        #expect(generation.ratingHead.factorBytes == expected.ratingHead.factorBytes)
        #expect(generation.rankingHead.factorBytes == expected.rankingHead.factorBytes)
        #expect(
            log.texts(at: .info).contains { $0.contains("handed over in memory, and is intact") })
    }

    @Test("another generation than the one to serve is left, and the disk is asked")
    func other() throws {
        let handed = try handed(1)
        let generation = try #require(try start(handed))
        #expect(generation.number == 2)
        #expect(log.texts(at: .notice).contains { $0.contains("is not the one to serve") })
    }

    @Test("what the disk says otherwise since is not served from memory")
    func changed() throws {
        let handed = try handed(2)
        let manifest = folder + "/manifest.json"
        var bytes = try DurableFile.read(manifest)
        bytes.append(0x0A)
        try DurableFile.removeIfPresent(manifest)
        try DurableFile.create(manifest, bytes)
        guard case .fallback(let generation, _) = try open().start(handed: handed) else {
            Issue.record("what the disk refuses was served from memory")
            return
        }
        #expect(generation.number == 1)
        #expect(log.texts(at: .notice).contains { $0.contains("has changed since") })
    }

    @Test("bytes that do not match their hash are not believed, sealed or not")
    func damaged() throws {
        var passed = try passed(2)
        let copy = scratch.path + "/copy"
        var head = try DurableFile.read(folder + "/rating-head.bin")
        head[head.count / 2] ^= 1
        try DurableFile.create(copy, head)
        let place = try #require(passed.firstIndex { $0.name.hasSuffix("rating-head.bin") })
        passed[place].descriptor = try SealedFile.copy(of: copy, as: "damaged")
        let handed = try #require(HandedGeneration(passed))
        let generation = try #require(try start(handed))
        #expect(generation.number == 2)
        #expect(log.texts(at: .warning).contains { $0.contains("does not match its hash") })
    }

    @Test("a file that could still be changed is not looked at")
    func unsealed() throws {
        let open = candor_memory_file("open")
        #expect(open >= 0 && !SealedFile.isSealed(open))
        let handed = try #require(HandedGeneration([("gen-000002-manifest.json", open)]))
        #expect(handed.paths.isEmpty && handed.names == ["gen-000002-manifest.json"])
        let path = scratch.path + "/file"
        try DurableFile.create(path, [1, 2, 3])
        let file = try SealedFile.copy(of: path, as: "sealed")
        #expect(SealedFile.isSealed(file))
        #expect(write(file, "x", 1) < 0 && ftruncate(file, 0) < 0)
        close(file)
        handed.close()
        #expect(HandedGeneration([("control", 0)]) == nil)
    }
}

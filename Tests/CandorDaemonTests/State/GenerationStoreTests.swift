// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Logging
import Ratings
import Testing

@testable import CandorDaemon

@Suite("GenerationStore")
struct GenerationStoreTests {
    let scratch: ScratchDirectory
    let log = LogRecorder()

    init() throws { scratch = try ScratchDirectory() }

    private func open(keptCount: Int = 5) throws -> GenerationStore {
        try GenerationStore(
            StateDirectory(scratch.path), logger: log.logger, keptCount: keptCount)
    }

    @Test("a fresh state directory is empty, and the first number is 1")
    func startsEmpty() throws {
        let store = try open()
        guard case .empty = try store.start() else {
            Issue.record("expected an empty store")
            return
        }
        #expect(try store.nextNumber() == 1)
        #expect(try store.list().isEmpty)
        #expect(throws: GenerationError.missing(number: 1)) { try store.load(1) }
        #expect(throws: GenerationError.missing(number: 1)) { try store.promote(1) }
    }

    @Test("a generation comes back equal after a restart")
    func roundTrip() throws {
        let saved = try Generation.sample(1)
        do {
            let store = try open()
            try store.save(saved)
            try store.promote(1)
        }
        guard case .ready(let loaded) = try open().start() else {
            Issue.record("expected the saved generation")
            return
        }
        #expect(loaded.manifest == saved.manifest)
        #expect(loaded.data == saved.data)
        #expect(loaded.ratingHead.factorBytes == saved.ratingHead.factorBytes)
        #expect(loaded.rankingHead.factorBytes == saved.rankingHead.factorBytes)
        #expect(loaded.popularity == saved.popularity)
        #expect(loaded.titles.search("ran", limit: 5) == saved.titles.search("ran", limit: 5))
        #expect(log.texts(at: .error).isEmpty)
    }

    @Test("the manifest says what was trained on what, and hashes do not depend on threads")
    func describes() throws {
        let manifest = try Generation.sample(3).manifest
        #expect(manifest.number == 3)
        #expect(manifest.datasetName == "tiny")
        #expect(manifest.isSynthetic)
        #expect([manifest.userCount, manifest.itemCount, manifest.ratingCount] == [3, 4, 5])
        #expect(manifest.journalSequence == 300)
        #expect(manifest.training.bayesian.factors == 3)
        #expect(manifest.training.implicit.factors == 2)
        let other = try Generation.sample(4, threads: 2).manifest
        #expect(other.factorHash == manifest.factorHash)
        #expect(other.dataHash == manifest.dataHash)
        #expect(manifest.factorHash != manifest.dataHash)
    }

    @Test("saving alone changes nothing that is served; promoting does, there and back")
    func promotes() throws {
        let store = try open()
        try store.save(Generation.sample(1))
        try store.promote(1)
        try store.save(Generation.sample(2))
        #expect(try store.list().map(\.number) == [2, 1])
        #expect(try store.list().map(\.status) == [.kept, .serving])
        #expect(try scratch.bytes("CURRENT") == Array("000001\n".utf8))
        try store.promote(2)
        #expect(try store.list().map(\.status) == [.serving, .previous])
        try store.promote(1)
        #expect(try store.list().map(\.status) == [.previous, .serving])
        #expect(try store.list().last?.manifest == Generation.sample(1).manifest)
    }

    @Test("a number is taken once and for all")
    func refusesTakenNumber() throws {
        let store = try open()
        try store.save(Generation.sample(1))
        #expect(throws: GenerationError.numberTaken(number: 1)) {
            try store.save(Generation.sample(1))
        }
        try scratch.write("CURRENT", Array("000007\n".utf8))
        #expect(try store.nextNumber() == 8)
    }

    @Test("the five latest stay, and older ones that serve or served last")
    func keepsLatest() throws {
        let store = try open()
        for number in 1...7 {
            try store.save(Generation.sample(number))
            if number == 2 { try store.promote(2) }
        }
        #expect(try store.list().map(\.number) == [7, 6, 5, 4, 3, 2])
        try store.promote(7)
        #expect(try store.list().map(\.number) == [7, 6, 5, 4, 3, 2])
        try store.promote(6)
        #expect(try store.list().map(\.number) == [7, 6, 5, 4, 3])
        #expect(try store.nextNumber() == 8)
    }

    @Test("damaged generations do not count among those kept")
    func countsIntactOnly() throws {
        let store = try open(keptCount: 2)
        for number in 1...2 { try store.save(Generation.sample(number)) }
        try scratch.write("generations/000002/manifest.json", [])
        try store.save(Generation.sample(3))
        #expect(try store.list().map(\.number) == [3, 2, 1])
        try store.save(Generation.sample(4))
        #expect(try store.list().map(\.number) == [4, 3])
    }

    @Test("a save that fails leaves nothing and tells the path")
    func failedSaveLeavesNothing() throws {
        let store = try open()
        try scratch.write("generations/.new-000001", [])
        let error = #expect(throws: GenerationError.self) { try store.save(Generation.sample(1)) }
        #expect(error?.description.contains(".new-000001") == true)
        #expect(try store.list().isEmpty)
    }
}

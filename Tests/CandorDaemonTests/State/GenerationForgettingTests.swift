// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Forgetting in saved generations")
struct GenerationForgettingTests {
    private let scratch: ScratchDirectory
    private let log = LogRecorder()

    init() throws { scratch = try ScratchDirectory() }

    private func open() throws -> GenerationStore {
        try GenerationStore(StateDirectory(scratch.path), logger: log.logger)
    }

    private func move(_ from: String, _ to: String) throws {
        try FileManager.default.moveItem(
            atPath: scratch.file("generations/" + from), toPath: scratch.file("generations/" + to))
    }

    @Test("rewrites those that know the user, and leaves the others alone")
    func rewrites() throws {
        let store = try open()
        for number in 1...2 { try store.save(try Generation.sample(number)) }
        let user = try #require(UserID("1"))
        #expect(
            try store.forget(user)
                == [2, 1].map { .init(number: $0, outcome: .rewritten(ratingCount: 3)) })
        #expect(try store.load(1).users.ids.map(\.token) == ["zwei", "三"])
        let manifest = try scratch.bytes("generations/000001/manifest.json")
        #expect(try store.forget(user) == [])
        #expect(try scratch.bytes("generations/000001/manifest.json") == manifest)
    }

    @Test("removes what is damaged, because nobody can tell what it holds")
    func damaged() throws {
        let store = try open()
        for number in 1...2 { try store.save(try Generation.sample(number)) }
        let file = "generations/000001/data.sections"
        var bytes = try scratch.bytes(file)
        bytes[bytes.count / 2] ^= 1
        try scratch.write(file, bytes)
        let user = try #require(UserID("1"))
        #expect(
            try store.forget(user) == [
                .init(number: 2, outcome: .rewritten(ratingCount: 3)),
                .init(number: 1, outcome: .removed),
            ])
        #expect(try scratch.names("generations") == ["000002"])
        #expect(log.texts(at: .warning).contains { $0.contains("generation 1") })
    }

    @Test("whatever moment of a replacement a crash comes at, a whole generation is found")
    func crashes() throws {
        try open().save(try Generation.sample(1))
        // After the old one was put aside, before the new one was in its place.
        try move("000001", ".old-000001")
        #expect(try open().load(1).number == 1)
        #expect(try scratch.names("generations") == ["000001"])
        // After the new one was in its place, before the old one was removed.
        try FileManager.default.copyItem(
            atPath: scratch.file("generations/000001"),
            toPath: scratch.file("generations/.old-000001"))
        #expect(try open().load(1).number == 1)
        #expect(try scratch.names("generations") == ["000001"])
    }
}

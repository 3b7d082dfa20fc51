// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Testing

@testable import CandorDaemon

@Suite("GenerationStore: promotions")
struct GenerationPromotionTests {
    private static let deadline = 2_000_000_000
    private let scratch: ScratchDirectory
    private let log = LogRecorder()

    init() throws {
        scratch = try ScratchDirectory()
        let store = try open()
        for number in 1...3 { try store.save(Generation.sample(number)) }
        try store.promote(1)
        try store.promote(2)
        try store.promote(
            3, confirmation: Confirmation(windowSeconds: 300, nowSeconds: Self.deadline - 300))
    }

    private func open() throws -> GenerationStore {
        try GenerationStore(StateDirectory(scratch.path), logger: log.logger)
    }

    private func served(at nowSeconds: Int) throws -> Int? {
        switch try open().start(at: nowSeconds) {
        case .ready(let generation), .fallback(let generation, _): generation.number
        case .empty, .nothingIntact: nil
        }
    }

    @Test("the deadline survives a restart: before it the new one serves, from it on the old one")
    func deadline() throws {
        #expect(try served(at: Self.deadline - 1) == 3)
        #expect(try open().confirmation()?.deadlineSeconds == Self.deadline)
        #expect(try served(at: Self.deadline) == 2)
        #expect(try scratch.bytes("CURRENT") == Array("000002\nhistory 000001\n".utf8))
        #expect(log.texts(at: .warning).count == 1)
        #expect(try served(at: Self.deadline - 1) == 2, "it is taken back for good")
    }

    @Test("what is to be confirmed serves on when what served before is damaged, and this is said")
    func damagedPrevious() throws {
        try scratch.write("generations/000002/rating-head.bin", [])
        #expect(try served(at: Self.deadline) == 3)
        #expect(log.texts(at: .error).first?.contains("generation 2 cannot serve again") == true)
    }

    @Test("a damaged generation gives way to what served before it, not to what is newest")
    func fallback() throws {
        do {
            let store = try open()
            try store.confirm()
            try store.save(Generation.sample(4))
        }
        try scratch.write("generations/000003/rating-head.bin", [])
        #expect(try served(at: Self.deadline) == 2)
        #expect(log.texts(at: .error).last?.contains("which served before") == true)
    }

    @Test("a rollback skips what is no longer kept, and a write that fails changes nothing")
    func rollback() throws {
        let store = try open()
        try DurableFolder.remove(scratch.file("generations/000002"))
        #expect(try store.previous() == 1)
        let before = try scratch.bytes("CURRENT")
        #expect(throws: GenerationError.missing(number: 2)) { try store.rollBack(to: 2) }
        #expect(throws: GenerationError.missing(number: 9)) { try store.promote(9) }
        #expect(try scratch.bytes("CURRENT") == before)
        try store.rollBack(to: 1)
        #expect(try store.previous() == nil)
    }
}

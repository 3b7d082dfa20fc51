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

    @Test("a record that is there and cannot be read is not taken for none, and stays as it was")
    func unreadableRecord() throws {
        let record = try scratch.bytes("CURRENT")
        try refuseUnreadable(try open())
        // Nothing is promoted without its history, and nothing old is removed.
        #expect(try scratch.names("generations") == ["000001", "000002", "000003"])
        #expect(try served(at: 0) == 3)
        #expect(log.texts(at: .error).first?.contains("cannot open") == true)
        try scratch.becomesReadable("CURRENT")
        #expect(try scratch.bytes("CURRENT") == record)
        #expect(try open().previous() == 2)
    }

    /// Makes the record unreadable and expects everything that needs it to say so.
    private func refuseUnreadable(_ store: GenerationStore) throws {
        try scratch.becomesUnreadable("CURRENT")
        for attempt in [
            { try store.promote(1) }, { try store.rollBack(to: 2) }, { try store.confirm() },
            { _ = try store.previous() }, { _ = try store.confirmation() },
            { _ = try store.nextNumber() }, { _ = try store.list() },
        ] as [() throws -> Void] {
            let error = #expect(throws: GenerationError.self) { try attempt() }
            guard case .file(let failure)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(failure.operation == "open" && !failure.isMissing)
        }
    }

    @Test("a directory whose record cannot be read is not a new one, even without generations")
    func unreadableWithoutGenerations() throws {
        for number in 1...3 { try DurableFolder.remove(scratch.file("generations/00000\(number)")) }
        try scratch.becomesUnreadable("CURRENT")
        #expect(throws: GenerationError.self) { try open().start() }
    }

    @Test("a measurement that was not made is nothing to tell; one that cannot be read is logged")
    func fidelity() throws {
        let store = try open()
        #expect(store.fidelity(of: 1) == nil)
        #expect(log.texts(at: .warning).isEmpty)
        try scratch.write("generations/000001/fidelity.json", Array("{}".utf8))
        #expect(store.fidelity(of: 1) == nil)
        #expect(log.texts(at: .warning).last?.contains("is no measurement") == true)
        try scratch.becomesUnreadable("generations/000001/fidelity.json")
        #expect(store.fidelity(of: 1) == nil)
        #expect(log.texts(at: .warning).last?.contains("cannot open") == true)
        #expect(log.texts(at: .warning).count == 2)
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

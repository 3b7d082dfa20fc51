// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging
import Testing

@testable import CandorDaemon

@Suite("GenerationStore: crashes and damage")
struct GenerationDamageTests {
    static let files = [
        "data.sections", "rating-head.bin", "ranking-head.bin", "manifest.json",
        "manifest.sha256",
    ]

    let scratch: ScratchDirectory
    let log = LogRecorder()

    /// Generations 1 and 2 are saved and 2 is to be served.
    init() throws {
        scratch = try ScratchDirectory()
        let store = try open()
        for number in 1...2 {
            try store.save(Generation.sample(number))
            try store.promote(number)
        }
    }

    private func open() throws -> GenerationStore {
        try GenerationStore(StateDirectory(scratch.path), logger: log.logger)
    }

    /// Starts as a daemon would, and expects a fallback to `number` whose notices name `culprit`.
    private func expectFallback(
        to number: Int, naming culprit: String, _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard case .fallback(let generation, let notices) = try open().start() else {
            Issue.record("expected a fallback", sourceLocation: sourceLocation)
            return
        }
        #expect(generation.number == number, comment, sourceLocation: sourceLocation)
        #expect(generation.manifest == (try Generation.sample(number).manifest))
        #expect(
            notices.first?.contains(culprit) == true, comment, sourceLocation: sourceLocation)
        #expect(
            notices.last?.contains("serving generation \(number) instead") == true, comment,
            sourceLocation: sourceLocation)
        #expect(
            log.texts(at: .error).suffix(notices.count).elementsEqual(notices),
            sourceLocation: sourceLocation)
    }

    @Test(
        "a file cut short is refused by name and the previous generation serves", arguments: files)
    func truncation(file: String) throws {
        let path = "generations/000002/" + file
        let whole = try scratch.bytes(path)
        let lengths = [0, 1, 64, whole.count / 2, whole.count - 1].filter { $0 < whole.count }
        for length in lengths {
            try scratch.write(path, Array(whole[..<length]))
            let culprit = file == "manifest.sha256" ? "manifest.json does not match" : file
            try expectFallback(to: 1, naming: culprit, "\(length) of \(whole.count) bytes")
        }
    }

    @Test("a flipped bit anywhere is refused and the previous generation serves", arguments: files)
    func flippedBit(file: String) throws {
        let path = "generations/000002/" + file
        let whole = try scratch.bytes(path)
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 13)) {
            var flipped = whole
            flipped[place] ^= UInt8(1) << UInt8(place % 8)
            try scratch.write(path, flipped)
            let culprit = file == "manifest.sha256" ? "manifest.json does not match" : file
            try expectFallback(to: 1, naming: culprit, "byte \(place)")
        }
    }

    @Test("a file that is missing is named", arguments: files)
    func missingFile(file: String) throws {
        try FileManager.default.removeItem(atPath: scratch.file("generations/000002/" + file))
        try expectFallback(to: 1, naming: file + " is missing")
        let listing = try open().list()
        #expect(listing.map(\.number) == [2, 1])
        guard case .damaged(let reason) = listing[0].status else {
            Issue.record("expected generation 2 to be listed as damaged")
            return
        }
        #expect(reason.contains(file))
    }

    @Test("a file of the right length with other content is refused when it is loaded")
    func otherContent() throws {
        let path = "generations/000002/rating-head.bin"
        try scratch.write(path, [UInt8](repeating: 0, count: scratch.bytes(path).count))
        try expectFallback(to: 1, naming: "rating-head.bin does not match its hash")
    }

    @Test("a directory under another number is refused")
    func renamedDirectory() throws {
        try FileManager.default.moveItem(
            atPath: scratch.file("generations/000001"), toPath: scratch.file("generations/000003"))
        #expect(
            throws: GenerationError.damaged(
                number: 3, file: "manifest.json", reason: "is that of generation 1")
        ) { try open().load(3) }
    }

    @Test("a generation of a later version of the program is refused with both versions")
    func laterFormat() throws {
        let path = "generations/000002/"
        let manifest = Array("{\"formatVersion\": 9}\n".utf8)
        let data = try scratch.bytes(path + "data.sections")
        try #require(!data.isEmpty)
        try scratch.write(path + "manifest.json", manifest)
        try scratch.write(path + "manifest.sha256", GenerationFiles.hashLine(of: manifest))
        #expect(throws: GenerationError.unknownFormat(number: 2, found: 9, supported: 3)) {
            try open().load(2)
        }
    }

    @Test(
        "CURRENT with anything but a number falls back to the newest",
        arguments: ["", "\n", "2\n", "000002", "000002\n000001\n", "-00002\n", "../000002\n"])
    func garbageInCurrent(text: String) throws {
        try scratch.write("CURRENT", Array(text.utf8))
        try expectFallback(to: 2, naming: "CURRENT is missing or names no generation")
    }

    @Test("without CURRENT, or when it names nothing, the newest serves and this is said")
    func currentNamesNothing() throws {
        try FileManager.default.removeItem(atPath: scratch.file("CURRENT"))
        try expectFallback(to: 2, naming: "CURRENT is missing")
        try scratch.write("CURRENT", Array("000009\n".utf8))
        try expectFallback(to: 2, naming: "there is no generation 9")
    }

    @Test("when nothing is intact, every reason is told and nothing is served")
    func nothingIntact() throws {
        for number in 1...2 {
            try scratch.write("generations/00000\(number)/data.sections", [])
        }
        guard case .nothingIntact(let notices) = try open().start() else {
            Issue.record("expected nothing intact")
            return
        }
        #expect(notices.count == 2)
        #expect(log.texts(at: .error) == notices)
    }

    @Test("a crash while files are written leaves the old generation and no remains")
    func crashWhileWriting() throws {
        let unfinished = scratch.file("generations/.new-000003")
        for count in 0...Self.files.count {
            try FileManager.default.createDirectory(
                atPath: unfinished, withIntermediateDirectories: false)
            for file in Self.files.prefix(count) {
                try FileManager.default.copyItem(
                    atPath: scratch.file("generations/000002/" + file),
                    toPath: unfinished + "/" + file)
            }
            let store = try open()
            #expect(try scratch.names("generations") == ["000001", "000002"])
            guard case .ready(let generation) = try store.start() else {
                Issue.record("expected generation 2 to be ready")
                return
            }
            #expect(generation.number == 2)
        }
        #expect(log.texts(at: .notice).count == Self.files.count + 1)
    }

    @Test("a crash between saving and promoting leaves the old generation serving")
    func crashBeforePromoting() throws {
        try open().save(Generation.sample(3))
        try scratch.write("CURRENT.new", Array("0000".utf8))
        let store = try open()
        guard case .ready(let generation) = try store.start() else {
            Issue.record("expected generation 2 to be ready")
            return
        }
        #expect(generation.number == 2)
        #expect(try store.list().map(\.status) == [.kept, .serving, .previous])
        try store.promote(3)
        #expect(try scratch.names().contains("CURRENT.new") == false)
        #expect(try store.nextNumber() == 4)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("StateCheck")
struct StateCheckTests {
    let state: SmallState

    init() throws { state = try SmallState() }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: state.scratch.file(name))
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: state.scratch.file(name), withIntermediateDirectories: false)
    }

    @Test("an intact state has no problems, is fully told of, and looking changes nothing")
    func intact() throws {
        let before = try state.contents()
        let findings = try StateCheck(state.path).run()
        #expect(findings.filter(\.isProblem) == [])
        let told = findings.map { "\($0.place): \($0.message)" }
        #expect(told.contains("journal.sqlite: 230 entries, all of them intact"))
        #expect(told.contains { $0.hasPrefix("generations/000001: tiny, 5 ratings") })
        #expect(told.contains { $0.hasPrefix("generations/000002: tiny, 5 ratings") })
        #expect(try state.contents() == before)
    }

    @Test("a state without a log is not given one by looking")
    func withoutLog() throws {
        do { _ = try Journal.open(state.scratch.file("journal.sqlite")) }
        try FileManager.default.removeItem(atPath: state.scratch.file("journal.sqlite-wal"))
        #expect(try state.problems() == [])
        #expect(!exists("journal.sqlite-wal"))
    }

    @Test("it is refused while somebody else works there, and for what is no directory")
    func refused() throws {
        let holder = try StateDirectory(state.path)
        #expect(throws: StateDirectoryError.inUse(path: state.path, processID: getpid())) {
            try StateCheck(state.path)
        }
        withExtendedLifetime(holder) {}
        #expect(throws: StateDirectoryError.self) { try StateCheck(state.path + "/nowhere") }
        #expect(!exists("nowhere"))
        #expect(throws: StateDirectoryError.self) { try StateCheck(state.path + "/CURRENT") }
    }

    @Test(
        "a damaged file of a generation is named, the generation moved aside, and the other serves",
        arguments: GenerationDamageTests.files)
    func damagedGeneration(file: String) throws {
        let name = "generations/000002/" + file
        let whole = try state.scratch.bytes(name)
        var damages = [0, 1, whole.count / 2, whole.count - 1].map { Array(whole[..<$0]) }
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 5)) {
            damages.append(whole)
            damages[damages.count - 1][place] ^= UInt8(1) << UInt8(place % 8)
        }
        for (number, damage) in damages.enumerated() {
            let copy = try SmallState(copying: state)
            try copy.scratch.write(name, damage)
            let problems = try copy.problems()
            let culprit = file == "manifest.sha256" ? "manifest.json" : file
            #expect(
                problems.map(\.place) == ["generations/000002/" + culprit, "CURRENT"],
                "damage \(number)")
            #expect(try copy.repaired() == [], "damage \(number)")
            #expect(try copy.served() == 1)
            #expect(try copy.scratch.bytes("set-aside/generation-000002/" + file) == damage)
        }
    }

    @Test("a missing file of the older generation is named, and what serves goes on serving")
    func missingFile() throws {
        try FileManager.default.removeItem(
            atPath: state.scratch.file("generations/000001/ranking-head.bin"))
        #expect(try state.problems().map(\.message) == ["is missing"])
        #expect(try state.repaired() == [])
        #expect(try state.served() == 2)
        #expect(try state.scratch.names("generations") == ["000002"])
    }

    @Test("each damaged file of one generation is told")
    func allDamagedFiles() throws {
        for file in ["rating-head.bin", "data.sections"] {
            try state.scratch.write("generations/000002/" + file, [1, 2, 3])
        }
        let places = try state.problems().map(\.place)
        #expect(places.contains("generations/000002/rating-head.bin"))
        #expect(places.contains("generations/000002/data.sections"))
        #expect(try state.repaired() == [])
    }

    @Test("when no generation is intact the rest stays, and a backup is asked for")
    func nothingIntact() throws {
        for number in ["000001", "000002"] {
            try state.scratch.write("generations/\(number)/rating-head.bin", [])
        }
        let left = try state.repaired()
        #expect(left.map(\.place) == ["CURRENT"])
        guard case .problem(let remedy)? = left.first?.kind else {
            Issue.record("expected a problem without a repair, found \(left)")
            return
        }
        #expect(remedy.contains("restore a backup"))
    }

    @Test("a generation of another version is not taken for a damaged one")
    func otherVersion() throws {
        let name = "generations/000002/manifest.json"
        let text = String(decoding: try state.scratch.bytes(name), as: UTF8.self)
            .replacingOccurrences(of: "\"formatVersion\" : 3", with: "\"formatVersion\" : 99")
        try state.scratch.write(name, Array(text.utf8))
        try state.scratch.write(
            "generations/000002/manifest.sha256", GenerationFiles.hashLine(of: Array(text.utf8)))
        let left = try state.repaired()
        #expect(left.map(\.place) == [name])
        #expect(left.first?.message.contains("format 99") == true)
        #expect(try state.scratch.names("generations") == ["000001", "000002"])
    }

    @Test(
        "CURRENT that is missing, empty, cut short or names nothing is pointed at the newest",
        arguments: [nil, "", "00000", "000002", "000009\n", "../../x\n"])
    func current(text: String?) throws {
        if let text {
            try state.scratch.write("CURRENT", Array(text.utf8))
        } else {
            try FileManager.default.removeItem(atPath: state.scratch.file("CURRENT"))
        }
        #expect(try state.problems().map(\.place) == ["CURRENT"])
        #expect(try state.repaired() == [])
        #expect(try state.served() == 2)
    }

    @Test("leftovers of unfinished work are removed, and what nobody here made is left alone")
    func leftovers() throws {
        try makeFolder("generations/.new-000003")
        try state.scratch.write("generations/.new-000003/data.sections", [1])
        try makeFolder("generations/.old-000002")
        try makeFolder("exports")
        let files = [
            "CURRENT.new", "journal.sqlite.new", "exports/ratings.parquet.new",
            "generations/000001/fidelity.json.new", "generations/000001/fidelity.json",
        ]
        for file in files { try state.scratch.write(file, [0x78]) }
        try state.scratch.write("notes.txt", [0x78])
        #expect(
            try Set(state.problems().map(\.place))
                == Set(files + ["generations/.new-000003", "generations/.old-000002"]))
        #expect(try state.repaired() == [])
        for file in files { #expect(!exists(file), "\(file)") }
        #expect(try state.scratch.names("generations") == ["000001", "000002"])
        #expect(exists("notes.txt"))
    }

    @Test("an interrupted replacement gets its old generation back, and CURRENT stays")
    func settled() throws {
        try FileManager.default.moveItem(
            atPath: state.scratch.file("generations/000002"),
            toPath: state.scratch.file("generations/.old-000002"))
        #expect(try state.problems().map(\.place) == ["generations/.old-000002"])
        #expect(try state.repaired() == [])
        #expect(try state.served() == 2)
    }

    @Test("modes that let others in or the owner out are told and mended")
    func modes() throws {
        let modes = [("", 0o755), ("/CURRENT", 0o666), ("/generations/000001", 0o500)]
        for (name, mode) in modes {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: state.path + name)
        }
        #expect(
            try Set(state.problems().map(\.place)) == [".", "CURRENT", "generations/000001"])
        #expect(try state.repaired() == [])
    }

    @Test("a link in the place of a file is a problem that no repair touches")
    func link() throws {
        let outside = try ScratchDirectory()
        try outside.write("CURRENT", try state.scratch.bytes("CURRENT"))
        try FileManager.default.removeItem(atPath: state.scratch.file("CURRENT"))
        try FileManager.default.createSymbolicLink(
            atPath: state.scratch.file("CURRENT"), withDestinationPath: outside.file("CURRENT"))
        let left = try state.repaired()
        #expect(left.map(\.message) == ["is a symbolic link instead of a file"])
    }
}

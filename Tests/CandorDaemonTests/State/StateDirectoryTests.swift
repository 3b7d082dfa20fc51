// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("StateDirectory")
struct StateDirectoryTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    @Test("a new directory is for its owner alone, and names its process")
    func creates() throws {
        let state = try StateDirectory(scratch.file("state/"))
        #expect(state.path == scratch.file("state"))
        let attributes = try FileManager.default.attributesOfItem(atPath: state.path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(try scratch.bytes("state/lock") == Array("\(getpid())\n".utf8))
        #expect(state.journalPath == scratch.file("state/journal.sqlite"))
        #expect(state.generationsPath == scratch.file("state/generations"))
        #expect(state.currentPath == scratch.file("state/CURRENT"))
    }

    @Test("a directory in use is refused with the process that has it, and free afterwards")
    func refusesSecondUser() throws {
        do {
            let first = try StateDirectory(scratch.path)
            let error = #expect(throws: StateDirectoryError.self) {
                try StateDirectory(first.path)
            }
            #expect(error == .inUse(path: scratch.path, processID: getpid()))
            #expect(error?.description.contains("process \(getpid())") == true)
        }
        #expect(throws: Never.self) { try StateDirectory(scratch.path) }
    }

    @Test("a file, and a directory inside one that is missing, are refused")
    func refusesWrongPaths() throws {
        try scratch.write("file", [])
        #expect(throws: StateDirectoryError.notADirectory(path: scratch.file("file"))) {
            try StateDirectory(scratch.file("file"))
        }
        #expect(
            throws: StateDirectoryError.inaccessible(
                FileError(
                    operation: "create", path: scratch.file("no/state"), systemErrno: ENOENT))
        ) { try StateDirectory(scratch.file("no/state")) }
    }
}

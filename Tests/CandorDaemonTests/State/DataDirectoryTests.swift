// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import RatingFiles
import Ratings
import Testing

@testable import CandorDaemon

@Suite("DataDirectory")
struct DataDirectoryTests {
    let scratch: ScratchDirectory
    let directory: DataDirectory

    init() throws {
        scratch = try ScratchDirectory()
        directory = DataDirectory(path: scratch.file("data"))
        try RetrainDataFolder.make(at: directory.path)
    }

    private func refusal(of name: String) -> DataDirectoryError? {
        do throws(DataDirectoryError) {
            _ = try directory.read(name, skipBadLines: false)
            return nil
        } catch {
            return error
        }
    }

    @Test("folders, files below folders and imports are read alike, each called by its last name")
    func reads() throws {
        let folder = try directory.read("new", skipBadLines: false).data
        #expect(folder.name == "new")
        #expect(folder.matrix.count == 5)
        let file = try directory.read("new/ratings.csv", skipBadLines: false).data
        #expect(file.matrix == folder.matrix)
        #expect(file.name == "ratings.csv")
        _ = try DataSnapshot.write(folder, to: scratch.file("data/new/import.sections"))
        let imported = try directory.read("new/import.sections", skipBadLines: false).data
        #expect(imported == folder)
    }

    @Test(
        "every layout of a folder is read as an import reads it, titles and attributes included",
        arguments: ["100k-good", "csv-users", "dat-good", "recbole-good"])
    func layouts(name: String) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let source = tests.appending(path: "RatingFilesTests/Files/" + name).path
        try FileManager.default.copyItem(
            atPath: source, toPath: scratch.file("data/" + name))
        let expected = try DatasetReader.readSorted(source).dataset
        #expect(expected.matrix.count > 0)
        #expect(try directory.read(name, skipBadLines: false).data == expected)
    }

    @Test(
        "reading stops at the very question that says so, of files and of imports",
        arguments: ["new", "ratings.csv", "import.sections"])
    func cancelled(name: String) throws {
        _ = try DataSnapshot.write(
            directory.read("new", skipBadLines: false).data,
            to: scratch.file("data/import.sections"))
        var count = 0
        _ = try directory.read(name, skipBadLines: false) {
            count += 1
            return true
        }
        // An import: its one block, users, items, ratings, and what they make.
        #expect(count >= 5)
        for last in 1...count {
            var asked = 0
            #expect(throws: DataDirectoryError.cancelled) {
                try directory.read(name, skipBadLines: false) {
                    asked += 1
                    return asked < last
                }
            }
            #expect(asked == last)
        }
    }

    @Test(
        "what leads out of the directory, or nowhere, is refused",
        arguments: [
            "../data.outside.csv", "new/../../data.outside.csv", "/etc/passwd", "", ".", "..",
            "new//ratings.csv", "new/", "./new", "link.csv", "up/data.outside.csv", "nowhere",
            "ratings.csv/x",
        ])
    func escapes(name: String) throws {
        guard case .unknown(name, _, _)? = refusal(of: name) else {
            Issue.record("\(name) gave \(String(describing: refusal(of: name)))")
            return
        }
    }

    @Test("a link among a data set's files is refused, and what it leads to is not told")
    func innerLink() throws {
        let error = try #require(refusal(of: "sub"))
        #expect(
            error.description.contains("sub/ratings.csv: cannot be read: it is a symbolic link"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file("data/new/users.csv"), withDestinationPath: "/etc/passwd")
        let second = try #require(refusal(of: "new"))
        #expect(second.description.contains("new/users.csv"))
        #expect(!second.description.contains("root"))
    }

    @Test("a pipe is refused and not waited for")
    func pipe() throws {
        #expect(mkfifo(scratch.file("data/pipe"), 0o600) == 0)
        guard case .unknown? = refusal(of: "pipe") else {
            Issue.record("a pipe was read")
            return
        }
    }

    @Test("a bad line is named by file and line, and left out where that is asked for")
    func badLine() throws {
        let error = try #require(refusal(of: "broken"))
        #expect(error.description.hasPrefix("broken/ratings.csv:3: "))
        #expect(error.description.contains("much"))
        #expect(!error.description.contains("/proc/"))
        let read = try directory.read("broken", skipBadLines: true)
        #expect(read.data.matrix.count == 1)
        #expect(!read.notices.isEmpty)
        #expect(read.notices.allSatisfy { !$0.contains("/proc/") })
    }

    @Test("a directory that is not there is named")
    func noDirectory() throws {
        let missing = DataDirectory(path: scratch.file("elsewhere"))
        let error = #expect(throws: DataDirectoryError.self) {
            try missing.read("new", skipBadLines: false)
        }
        #expect(error?.description.contains("elsewhere") == true)
    }
}

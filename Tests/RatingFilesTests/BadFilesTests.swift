// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings
import Testing

@Suite("Bad files")
struct BadFilesTests {
    private static let next =
        "; correct the line, or leave such lines out with --skip-bad-lines"

    @Test(
        "a bad line is named by file and line, with what was found and what was expected",
        arguments: Complaint.badLines)
    func badLine(complaint: Complaint) {
        #expect(TestFiles.complaint(complaint.name) == complaint.message + Self.next)
    }

    @Test(
        "a file or folder that cannot be used at all says what to do",
        arguments: Complaint.unusable)
    func unusable(complaint: Complaint) {
        #expect(TestFiles.complaint(complaint.name) == complaint.message)
    }

    @Test("skipped bad lines are counted by reason, with the first ones quoted")
    func skipping() throws {
        let (data, report) = try DatasetReader.read(
            TestFiles.path("dat-mixed"), options: ReadOptions(skipBadLines: true))
        #expect(data.ratings.values == [5, 4])
        #expect(report.ratingLineCount == 5)
        #expect(report.skipped == [.fieldCount: 1, .ratingRange: 1, .unknownItem: 1])
        #expect(report.skippedCount == 3)
        #expect(report.samples.map(\.line) == [2, 3, 5])
        #expect(report.samples.map(\.found) == ["nonsense", "9", "99"])
        #expect(
            report.notices.prefix(3) == [
                "1 lines skipped: wrong number of fields", "1 lines skipped: unknown item",
                "1 lines skipped: rating off the scale",
            ])
    }

    @Test("a file of nothing but bad lines is refused even when they are skipped")
    func nothingLeft() {
        #expect(
            TestFiles.complaint("dat-all-bad", options: ReadOptions(skipBadLines: true))
                == "dat-all-bad/ratings.dat: no usable line is left; the first bad line is "
                + "dat-all-bad/ratings.dat:1: wrong number of fields: found “a”, expected 4 fields: "
                + "user::item::rating::timestamp; check that it is a ratings file")
    }

    @Test("a skipped line leaves no user or item behind")
    func skippedIdentifiers() throws {
        let (data, _) = try DatasetReader.read(
            TestFiles.path("plain/infinite.csv"), options: ReadOptions(skipBadLines: true))
        #expect(data.items.items.map(\.id.token) == ["10"])
    }

    @Test("a folder without permission or of the wrong kind is an error, not an empty data set")
    func unreadable() {
        #expect(TestFiles.complaint("dat-good/ratings.dat/x")?.contains("cannot be read") == true)
    }
}

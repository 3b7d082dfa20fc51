// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings
import Testing

@Suite("Writing data sets")
struct WriterTests {
    @Test("a made-up data set reads back as it was and is known to be synthetic")
    func roundTrip() throws {
        var options = SyntheticOptions()
        options.userCount = 40
        options.itemCount = 60
        options.ratingCount = 500
        let data = SyntheticRatings(options).dataset
        try TestFiles.withTemporaryFolder { folder in
            let path = folder + "/deep/made-up"
            try DatasetWriter.write(data, to: path)
            let (back, report) = try DatasetReader.read(
                path, options: ReadOptions(name: "synthetic"))
            #expect(back == data)
            #expect(back.isSynthetic)
            #expect(report.notices.isEmpty)
            let readme = try String(contentsOfFile: path + "/README", encoding: .utf8)
            #expect(readme.hasPrefix("THIS DATA IS SYNTHETIC."))
            #expect(throws: WriteError.occupied(path: path)) {
                try DatasetWriter.write(data, to: path)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/deep")
            #expect(left == ["made-up"])
        }
    }

    @Test("unknown demographics and Unicode titles survive, and real data is not called synthetic")
    func unusual() throws {
        let id = try #require(UserID("ana"))
        let item = try #require(ItemID("x1"))
        let data = Dataset(
            name: "own",
            users: UserTable(
                [id],
                attributes: [
                    UserAttribute(name: "gender", categories: Demographics.genders, codes: [-1]),
                    UserAttribute(name: "age", categories: Demographics.ageBrackets, codes: [6]),
                    UserAttribute(
                        name: "occupation", categories: Demographics.occupations, codes: [-1]),
                ]),
            items: Catalogue([Item(id: item, title: "七人の侍 (1954)", year: 1_954)]),
            ratings: RatingColumns(users: [0], items: [0], values: [4.5], timestamps: [-5]),
            scale: RatingScale(minimum: 1, maximum: 5))
        try TestFiles.withTemporaryFolder { folder in
            try DatasetWriter.write(data, to: folder + "/own")
            #expect(try DatasetReader.read(folder + "/own/").dataset == data)
        }
    }

    @Test(
        "what the layout cannot hold is refused",
        arguments: [
            (Item(id: ItemID("1")!, title: "A::B"), "the text “A::B”"),
            (Item(id: ItemID("1")!, title: "A\nB"), "the text “A\nB”"),
            (Item(id: ItemID("1")!, title: "A", genres: ["x|y"]), "the genre “x|y” of item 1"),
            (
                Item(id: ItemID("1")!, title: "A", year: 1_990),
                "the year of item 1: it is not in the title"
            ),
        ])
    func inexpressible(item: Item, what: String) throws {
        let data = Dataset(
            name: "own", users: UserTable([]), items: Catalogue([item]),
            ratings: RatingColumns(), scale: RatingScale(minimum: 1, maximum: 5))
        try TestFiles.withTemporaryFolder { folder in
            #expect(throws: WriteError.inexpressible(what: what)) {
                try DatasetWriter.write(data, to: folder + "/own")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
        }
    }
}

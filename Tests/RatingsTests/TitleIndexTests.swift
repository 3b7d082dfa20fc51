// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@Suite("TitleIndex")
struct TitleIndexTests {
    private static let titles = [
        "Matrix Revolutions, The (2003)", "Matrix, The (1999)", "Misérables, Les (1995)",
        "Bug's Life, A (1998)", "Toy Story (1995)", "Toy Story 2 (1999)", "Łódź Symphony (1993)",
        "City of Lost Children, The (Cité des enfants perdus, La) (1995)", "Star Wars (1977)",
        "Lone Star (1996)", "Star Maps (1997)", "七人の侍 (1954)", "ÇA IRA (1990)",
        "Inside the Matrix (2001)",
    ]
    private static let popularity = [9, 5, 3, 2, 7, 8, 1, 4, 1, 6, 2, 0, 0, 50]

    private func search(_ query: String, limit: Int = 10) throws -> [String] {
        let items = try Self.titles.enumerated().map { position, title in
            Item(id: try #require(ItemID("\(position)")), title: title)
        }
        let catalogue = Catalogue(items)
        let index = TitleIndex(catalogue, popularity: Self.popularity)
        return index.search(query, limit: limit).map { catalogue[$0].title }
    }

    @Test(
        "the whole title comes first however its article is typed, then beginnings, then the rest",
        arguments: ["matrix", "the matrix", "The MATRIX"])
    func wholeTitle(query: String) throws {
        let found = try search(query)
        #expect(
            found == [
                "Matrix, The (1999)", "Matrix Revolutions, The (2003)", "Inside the Matrix (2001)",
            ])
    }

    @Test(
        "case, accents, apostrophes and years do not stand in the way",
        arguments: [
            ("matrix, the", "Matrix, The (1999)"), ("miserables", "Misérables, Les (1995)"),
            ("les MISÉRABLES", "Misérables, Les (1995)"),
            ("mise\u{301}rables", "Misérables, Les (1995)"), ("bugs life", "Bug's Life, A (1998)"),
            ("bug’s li", "Bug's Life, A (1998)"), ("lodz", "Łódź Symphony (1993)"),
            ("ca ira", "ÇA IRA (1990)"), ("toy story 1995", "Toy Story (1995)"),
            ("七人", "七人の侍 (1954)"),
            ("cite enfants", "City of Lost Children, The (Cité des enfants perdus, La) (1995)"),
        ])
    func folding(query: String, title: String) throws {
        #expect(try search(query).first == title)
    }

    @Test("all words must begin a word of the title, in any order")
    func allWords() throws {
        #expect(try search("story toy") == ["Toy Story 2 (1999)", "Toy Story (1995)"])
        #expect(try search("toy matrix").isEmpty)
        #expect(try search("tory").isEmpty)
    }

    @Test("equal fits are ordered by popularity, then by item")
    func ranking() throws {
        #expect(
            try search("sta") == ["Star Maps (1997)", "Star Wars (1977)", "Lone Star (1996)"])
        #expect(try search("toy story") == ["Toy Story (1995)", "Toy Story 2 (1999)"])
        #expect(try search("1995", limit: 2) == ["Toy Story (1995)", Self.titles[7]])
    }

    @Test("a query without letters or digits, or a limit of 0, finds nothing")
    func nothing() throws {
        #expect(try search("").isEmpty)
        #expect(try search(" -- ,").isEmpty)
        #expect(try search("matrix", limit: 0).isEmpty)
    }
}

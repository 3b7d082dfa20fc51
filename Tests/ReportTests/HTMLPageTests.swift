// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings
import Testing

@testable import Report

@Suite("the page")
struct HTMLPageTests {
    @Test("text that could be markup, or deceive, is made harmless")
    func escaping() {
        #expect(Markup.escaped("a<b>\"c\"&'d'") == "a&lt;b&gt;&quot;c&quot;&amp;&#39;d&#39;")
        #expect(Markup.escaped("x\u{202E}y\u{0}z\u{E0041}") == "x\u{FFFD}y\u{FFFD}z\u{FFFD}")
        #expect(Markup.escaped("Amélie — ★\n") == "Amélie — ★ ")
    }

    @Test("hostile titles and genres are nowhere markup, and no line holds a line end")
    func hostile() throws {
        let document = ReportDocument(try SmallReport.findings(SmallReport.data()))
        let lines = HTMLPage(document, hash: ContentHash.sha256).lines
        let page = lines.joined(separator: "\n")
        #expect(page.contains("onerror=&quot;"))
        for markup in ["<script", "<img", "onerror=\"", "http://", "https://", "<iframe"] {
            #expect(!page.contains(markup), "\(markup)")
        }
        #expect(lines.allSatisfy { !$0.contains("\n") })
    }

    @Test("every number on the page is in the table once, with hashes and an id of its own")
    func numbers() throws {
        let document = ReportDocument(try SmallReport.findings(SmallReport.data()))
        #expect(document.numbers.count > 100)
        #expect(Set(document.numbers.map(\.id)).count == document.numbers.count)
        let ids = document.numbers.map { $0.provenance(ContentHash.sha256) }
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.count == 16 })
        let page = HTMLPage(document, hash: ContentHash.sha256).lines.joined()
        for number in document.numbers {
            #expect(page.contains("<code>\(Markup.escaped(number.id))</code>"))
        }
        // What is shown in the text is a data element whose name the table has.
        for part in page.components("<data value=\"") {
            let title = part.components("title=\"")[0].components("\"")
            #expect(!title.isEmpty)
        }
    }

    @Test("the same findings make the same page, and one bit of a number another id")
    func reproducible() throws {
        let data = SmallReport.data()
        let pages = try (0..<2).map { _ in
            HTMLPage(ReportDocument(try SmallReport.findings(data)), hash: ContentHash.sha256).lines
        }
        #expect(pages[0] == pages[1])
        let source = SmallReport.subject(data).dataSource
        let one = ReportNumber("a", 0.5, .fixed(2), "", source)
        let other = ReportNumber("a", 0.5.nextUp, .fixed(2), "", source)
        #expect(one.provenance(ContentHash.sha256) != other.provenance(ContentHash.sha256))
    }

    @Test("data without times, genres or groups has a page too")
    func bareData() throws {
        var ratings = RatingColumns()
        for user in 0..<4 {
            for item in 0..<3 {
                ratings.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(1 + (user + item) % 5),
                    timestamp: 0)
            }
        }
        let ids = (0..<4).compactMap { UserID("u\($0)") }
        let items = (0..<3).compactMap { ItemID("i\($0)") }.map { Item(id: $0, title: $0.token) }
        let data = SortedDataset(
            Dataset(
                name: "bare", users: UserTable(ids), items: Catalogue(items), ratings: ratings,
                scale: RatingScale(minimum: 1, maximum: 5)))
        let document = ReportDocument(try SmallReport.findings(data))
        let page = HTMLPage(document, hash: ContentHash.sha256).lines.joined(separator: "\n")
        #expect(page.contains("no times") && page.contains("</html>"))
        #expect(!page.contains("\"nan\"") && !page.contains(">nan<") && !page.contains("inf<"))
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let found = rest.firstRange(of: separator) {
            parts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return parts + [String(rest)]
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Testing

@testable import Report

/// The page as a browser shows it, on made-up data with hostile titles.
@Suite("the page in a browser", .serialized)
struct PageInBrowserTests {
    static let isPresent = Chromium.program != nil
    static let absent: Comment = "install chromium (or set CANDOR_CHROMIUM) to check the page"

    @Test(
        "is whole, legible and self-contained on narrow and wide screens, in light and dark",
        .enabled(if: isPresent, absent))
    func inspection() throws {
        let path = NSTemporaryDirectory() + "candor-report-\(UUID().uuidString).html"
        let document = ReportDocument(try SmallReport.findings(SmallReport.data()))
        let lines = HTMLPage(document, hash: ContentHash.sha256).lines
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        let browser = try Chromium()
        for width in [375, 1440] {
            for isDark in [false, true] {
                try browser.open(path, width: width, height: 900, isDark: isDark)
                let page = try browser.evaluate(PageInspection.script, as: PageInspection.self)
                let place: Comment = "\(width) wide, \(isDark ? "dark" : "light")"
                #expect(browser.complaints == [], place)
                #expect(page.windowWidth == width, place)
                #expect(page.pageWidth <= width, place)
                #expect(page.withoutAlternative == [], place)
                #expect(page.brokenLinks == [] && page.repeatedIDs == [], place)
                #expect(page.external == [], place)
                #expect(page.faintTexts == [], place)
                #expect(page.faintMarks == [], place)
                #expect(page.overlaps == [], place)
                #expect(page.clipped == [], place)
                #expect(page.emptyDrawings == [], place)
                #expect(page.drawingCount >= 12, place)
                #expect(page.scriptCount == 0 && page.title == document.title, place)
            }
        }
        let pdf = try browser.printed()
        #expect(pdf.starts(with: Data("%PDF-".utf8)) && pdf.count > 50_000)
    }
}

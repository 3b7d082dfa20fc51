// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Two lists of titles with stars, one beside the other; below one another where it is narrow.
struct SideBySide {
    /// One list: titles, each with a number of stars.
    struct List {
        let entries: [(title: String, stars: Double?)]

        /// Reads the columns `title` and `number` of a reply.
        init(_ reply: ReceivedReply, number: String) {
            let title = reply.columns.firstIndex(of: "title")
            let number = reply.columns.firstIndex(of: number)
            entries = reply.rows.map { row in
                (
                    SafeText.of(title.flatMap { row[$0] } ?? ""),
                    number.flatMap { row[$0] }.flatMap(Double.init)
                )
            }
        }
    }

    let left: List
    let right: List
    let columns: Int
    let theme: Theme

    private static let starColumns = 5
    private static let gap = "  │ "
    /// The narrowest page on which two lists of titles can be read beside each other.
    private static let columnsMin = 72

    /// The lines, under a title for each list.
    func lines(titles: (left: String, right: String)) -> [String] {
        guard columns >= Self.columnsMin else {
            return list(titles.left, left, columns) + [""] + list(titles.right, right, columns)
        }
        let half = (columns - Self.gap.count) / 2
        let lefts = list(titles.left, left, half)
        let rights = list(titles.right, right, half)
        let plain = Theme(isColoured: false)
        let widths = SideBySide(left: left, right: right, columns: columns, theme: plain)
            .list(titles.left, left, half).map { DisplayWidth.of($0) }
        let widest = widths.max() ?? 0
        return (0..<max(lefts.count, rights.count)).map { index in
            let text = index < lefts.count ? lefts[index] : ""
            let padding = widest - (index < widths.count ? widths[index] : 0)
            let other = index < rights.count ? rights[index] : ""
            return text + String(repeating: " ", count: padding) + theme.dressed(Self.gap, .faint)
                + other
        }
    }

    private func list(_ title: String, _ list: List, _ room: Int) -> [String] {
        [theme.dressed(DisplayWidth.truncated(title, to: room), .strong)]
            + list.entries.map { entry in
                let stars = entry.stars.map { Drawing.stars($0) } ?? ""
                let padding = String(repeating: " ", count: Self.starColumns - stars.count + 1)
                return theme.dressed(stars, .stars) + padding
                    + DisplayWidth.truncated(entry.title, to: room - Self.starColumns - 1)
            }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What sections are made of.
enum ReportBlock: Sendable {
    case paragraph(Prose)
    /// Points, one below the other.
    case list([Prose])
    /// A remark set apart.
    case note(Prose)
    /// A heading within the section.
    case heading(String)
    case table(ReportTable)
    /// Figures that belong together, side by side where there is room.
    case figures([ReportFigure])
    case cards([ReportCard])
    /// Terms and what they mean.
    case definitions([(term: String, meaning: Prose)])

    /// The numbers in it, in order.
    var numbers: [ReportNumber] {
        switch self {
        case .paragraph(let prose), .note(let prose): prose.numbers
        case .list(let points): points.flatMap(\.numbers)
        case .heading: []
        case .table(let table): table.numbers
        case .figures(let figures): figures.flatMap { $0.caption.numbers + $0.numbers }
        case .cards(let cards): cards.flatMap { [$0.number] + $0.remark.numbers }
        case .definitions(let entries): entries.flatMap(\.meaning.numbers)
        }
    }
}

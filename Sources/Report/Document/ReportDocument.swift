// SPDX-License-Identifier: GPL-3.0-or-later

/// A whole report: sections of typed blocks, and every number in them once.
public struct ReportDocument: Sendable {
    /// What the page is called.
    let title: String
    /// What stands below the title.
    let lead: Prose
    /// The sections, in order.
    let sections: [ReportSection]
    /// Every number of the page, in the order it is met first.
    public let numbers: [ReportNumber]

    /// Joins the parts.
    ///
    /// A number may be shown in several places; traps when two that differ have one name, because
    /// then one of them would be lost.
    init(title: String, lead: Prose, sections: [ReportSection]) {
        self.title = title
        self.lead = lead
        self.sections = sections
        var byID: [String: ReportNumber] = [:]
        var numbers: [ReportNumber] = []
        for number in lead.numbers + sections.flatMap({ $0.blocks.flatMap(\.numbers) }) {
            if let earlier = byID[number.id] {
                precondition(
                    earlier.value == number.value
                        || !(earlier.value.isFinite || number.value.isFinite),
                    "two numbers called \(number.id)")
                continue
            }
            byID[number.id] = number
            numbers.append(number)
        }
        self.numbers = numbers
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension ReportDocument {
    /// The report of everything that was measured.
    public init(_ findings: ReportFindings) {
        let subject = findings.subject
        let origin: Prose =
            subject.data.isSynthetic
            ? " The data is \(strong: "synthetic"): made up by a program." : ""
        self.init(
            title: "\(subject.data.name): a report",
            lead: """
                Generation \(String(subject.generation)) of \(subject.server)\
                \(subject.created.map { ", trained on \($0)" } ?? ""): what it was trained on, how \
                good its answers are, for whom, and how far that can be trusted. Every number was \
                measured by the daemon that serves it; \(link: "all of them", to: HTMLPage.numbersID) \
                stand at the end with what they were computed from.
                """ + origin,
            sections: [
                SummarySection(findings).section, FramingSection(findings).section,
                DataSection(findings).section, ModelSection(findings).section,
                HeldOutSection(findings)?.section, ListSection(findings).section,
                ExplanationSection(findings).section, GroupsSection(findings)?.section,
                FrontierSection(findings)?.section,
                LimitsSection(findings).section, CardSection(findings).section,
                GlossarySection.section,
            ].compactMap { $0 })
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
public import Trust

/// Everything that a report was able to measure; what could not be is nil and said to be missing.
public struct ReportFindings: Sendable {
    /// What the report is about.
    public let subject: ReportSubject
    /// What the ratings are like.
    public let facts: DataFacts
    /// When they came.
    public let periods: RatingPeriods
    /// What they are about.
    public let genres: GenreFacts
    /// What items are like; nil where the data says too little of them.
    public let content: ContentComponents?
    /// What models are worth on later ratings; nil where no times are known.
    public var later: LaterFindings?
    /// What models are worth on a part of every user's ratings; nil where nobody has enough of them.
    public var heldOut: HeldOutFindings?
    /// Who is served how well there; nil where nobody was measured.
    public var audit: AuditReport?
    /// What calibrated lists gain and cost; nil where the data has no two groups of users to compare.
    public var frontier: FrontierFindings?
    /// How well explanations of the served ranking model keep their word; nil where unchecked.
    public var rankingFidelity: ExplanationFidelity?
    /// The same of the served rating model.
    public var ratingFidelity: ExplanationFidelity?
    /// How effects of the ranking model compare with training again; nil where it was not measured.
    public var rankingSlope: RetrainSlope?
    /// The same of the rating model.
    public var ratingSlope: RetrainSlope?
    /// Lists for made-up tastes; nil where none were made.
    public var lists: ExampleLists?
    /// What one of them is told; nil where there is none.
    public var plain: PlainExample?

    /// Looks at the data of `subject`; everything else is set by who measures it.
    public init(_ subject: ReportSubject) {
        self.subject = subject
        facts = DataFacts(subject.data.matrix)
        periods = RatingPeriods(subject.data.matrix)
        genres = GenreFacts(subject.data)
        content = ContentComponents(subject.data.items)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// One fact of a sheet in the form in which programs exchange it.
public struct Claim: Sendable, Equatable {
    /// Its name within the answer, such as `F1`.
    public let id: String
    /// What it is about, for example `user` or `rating of Aladdin (1992)`.
    public let subject: String
    /// What is said, for example `share`.
    public let predicate: String
    /// The value.
    public let value: Value
    /// What the value counts, for example `stars`; empty for none.
    public let unit: String
    /// How much a text may round the value at most; 0: the value must be given exactly.
    ///
    /// A number in a text supports the claim when it differs by at most half a unit of its last
    /// digit, and by no more than this.
    public let tolerance: Double
    /// Where a program finds the value again.
    public let evidence: Evidence
    /// Which fact it is.
    let key: FactKey

    /// A claim's value.
    public enum Value: Sendable, Equatable {
        /// A count, rank or year.
        case whole(Int)
        /// A measured number.
        case measured(Double)
        /// A name or a list of names.
        case text(String)
        /// Whether something holds.
        case truth(Bool)
    }

    /// Where a value can be found again; the daemon writes it as a request.
    public enum Evidence: Sendable, Equatable {
        /// A field of SHOW user.
        case user(field: String)
        /// The rows of SHOW user, each item's genres looked up.
        case history
        /// A field of SHOW item.
        case item(field: String)
        /// A column of the item's row of RECOMMEND; no rank: the list does not hold it.
        case list(rank: Int?, column: String)
        /// The items of INFO less the ratings of SHOW user.
        case candidates
        /// A field of PREDICT.
        case prediction(field: String)
        /// A field of EXPLAIN.
        case explanation(field: String)
        /// A column of a line of EXPLAIN, from 1; several lines are summed.
        case explanationLines(ClosedRange<Int>, column: String)
        /// What HELP says about the meaning of explanations.
        case meaning
        /// The generation at the head of every reply.
        case reply
    }
}

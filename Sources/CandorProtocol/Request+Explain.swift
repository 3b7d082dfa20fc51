// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// What of a score EXPLAIN is to show.
    public struct ExplainOptions: Sendable, Equatable {
        /// Which head's score.
        public var head: HeadName
        /// How many ratings have lines of their own.
        public var top: Int
        /// The time that PREDICT is asked about; nil for none.
        public var time: Int?
        /// Rated items that are left out of the ratings.
        public var without: [String]
        /// The list in which the item's place is explained; nil for the head's own score.
        public var list: ExplainedList?

        /// Joins the options.
        public init(
            head: HeadName, top: Int, time: Int? = nil, without: [String] = [],
            list: ExplainedList? = nil
        ) {
            self.head = head
            self.top = top
            self.time = time
            self.without = without
            self.list = list
        }

        /// Adds the options to a canonical request line.
        func add(to line: inout RequestLineBuilder) {
            line.add("head", head.rawValue)
            line.add("top", top)
            line.add("at", time)
            line.add("without", without.isEmpty ? nil : IdentifierList.text(without))
            guard let list else { return }
            line.add("k", list.count)
            line.add(list.mitigation)
        }
    }
}

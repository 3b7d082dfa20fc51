// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// What an AUDIT is to show and how it resamples.
    public struct AuditOptions: Sendable, Equatable {
        /// The words that make an AUDIT something else.
        public static let words = ["diff", "frontier"]
        /// What a frontier sweeps the strength of.
        public static let methods =
            Request.RetrainOptions.mitigationMethods + ["calibrated", "novelty"]
        /// The parts that can be asked for.
        public static let sections = [
            "overview", "data", "rating", "ranking", "items", "leakage", "balanced", "all",
        ]

        /// The attribute, `activity`, or two attributes as `a*b`; nil for all the data has.
        public var attribute: String?
        /// One of `sections`.
        public var section: String
        /// Bootstrap samples and permutations.
        public var resamples: Int
        /// The seed of all chance.
        public var seed: Int

        /// Joins the options.
        public init(attribute: String?, section: String, resamples: Int, seed: Int) {
            self.attribute = attribute
            self.section = section
            self.resamples = resamples
            self.seed = seed
        }

        /// Adds the options to a canonical request line.
        func add(to line: inout RequestLineBuilder, section isSectioned: Bool) {
            line.add("by", attribute)
            if isSectioned { line.add("section", section) }
            line.add("resamples", resamples)
            line.add("seed", seed)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// A checked request: every value is present, of its kind and within its range.
///
/// Those with many values are indirect, so that the others, which are answered in microseconds, are
/// small to hand on.
public enum Request: Sendable, Equatable {
    case hello(version: Int?)
    case authenticate(name: String, role: Role, proof: String?)
    case ping
    case help(topic: HelpTopic)
    case format(ReplyFormat)
    case quit
    case info
    case recommend(user: String, count: Int, rank: HeadName, mitigation: ListMitigation)
    case recommendUnprofiled(user: String, count: Int, rank: HeadName)
    case predict(user: String, item: String, time: Int?)
    indirect case explain(user: String, item: String, ExplainOptions)
    case flip(user: String, item: String?, count: Int, head: HeadName)
    case whyNot(user: String, item: String, count: Int, top: Int, head: HeadName)
    case facts(user: String, item: String, head: HeadName, form: FactForm, top: Int)
    case verify(user: String, item: String, text: String, head: HeadName)
    case similar(item: String, count: Int)
    case search(text: String, limit: Int)
    case showUser(String, limit: Int)
    case showItem(String)
    case rate(user: String, item: String, rating: Double, timestamp: Int?)
    case unrate(user: String, item: String)
    indirect case audit(AuditOptions)
    indirect case auditDifference(from: Int, to: Int, AuditOptions)
    indirect case auditFrontier(method: String, points: Int, AuditOptions)
    case report(ReportForm)
    indirect case retrain(RetrainOptions)
    indirect case steer(Steering)
    case fidelity(users: Int, seed: Int)
    case exportUser(String, from: Int)
    case exportExplanation(user: String, item: String, head: HeadName)
    indirect case exportParquet(ParquetOptions)
    case forget(user: String)
    case generations
    case observe(Observation)
    case watch(kinds: [EventKind])
    case reload
    case shutdown

    /// What HELP is asked about.
    public enum HelpTopic: Sendable, Equatable {
        /// The list of verbs.
        case overview
        /// One verb.
        case verb(Verb)
        /// The machine-readable table.
        case table
    }

    /// The list that an explanation is about.
    public struct ExplainedList: Sendable, Equatable {
        /// How many items it has.
        public var count: Int
        /// What RECOMMEND was asked for beside.
        public var mitigation: ListMitigation

        /// A list as RECOMMEND with the same options gives it.
        public init(count: Int, mitigation: ListMitigation) {
            self.count = count
            self.mitigation = mitigation
        }
    }

    /// What RETRAIN does against differences between the groups of an attribute.
    public struct Mitigation: Sendable, Equatable {
        /// The way, one of `RetrainOptions.mitigationMethods`.
        public var method: String
        /// The attribute whose groups are meant.
        public var attribute: String
        /// How much; nil for the method's default.
        public var strength: Double?

        /// Puts the three together.
        public init(method: String, attribute: String, strength: Double?) {
            self.method = method
            self.attribute = attribute
            self.strength = strength
        }
    }

    /// What EXPORT parquet writes.
    public struct ParquetOptions: Sendable, Equatable {
        /// The table; nil for all.
        public var table: ExportTable?
        /// The items of each list.
        public var listLength: Int
        /// How many of a user's predictions are written, the highest; nil for all.
        public var predictionCount: Int?

        /// Joins the options.
        public init(table: ExportTable?, listLength: Int, predictionCount: Int?) {
            self.table = table
            self.listLength = listLength
            self.predictionCount = predictionCount
        }
    }

    /// Options of RETRAIN; nil keeps the serving generation's value.
    public struct RetrainOptions: Sendable, Equatable {
        /// The names of the models that predict ratings.
        public static let ratingModels = [
            "bayes", "fast", "biases", "mean", "svd-zero", "svd-mean", "svd-residual",
        ]
        /// The names of the ways to mitigate differences between groups.
        public static let mitigationMethods = ["reweight", "minimax", "parity", "erase"]
        /// The names of the models that rank items.
        public static let rankingModels = ["ials", "popular", "rating", "svd-zero"]

        /// The model that predicts ratings, one of `ratingModels`.
        public var rating: String?
        /// The model that ranks items, one of `rankingModels`.
        public var ranking: String?
        /// The seed of all random choices.
        public var seed: Int?
        /// Factors of the rating head.
        public var ratingFactors: Int?
        /// Factors of the ranking head.
        public var rankingFactors: Int?
        /// Sweeps of both heads.
        public var sweeps: Int?
        /// Threads to train on; the result does not depend on it.
        public var threads: Int?
        /// What to do against differences between groups; nil for nothing.
        public var mitigation: Mitigation?
        /// The user attributes that the rating model is given; empty for none.
        public var demographics: [String] = []
        /// A data set of the daemon's data directory to learn from; nil for the serving data.
        public var data: String?

        /// Whether to train also when neither data nor options have changed.
        public var isForced = false

        /// All values kept.
        public init() {}
    }
}

extension Request {
    /// The value of RECOMMEND's option profile that asks for a list without profiling.
    static let noProfile = "none"

    /// Whether the next request of the same connection may begin before this one has ended.
    ///
    /// True of RATE alone: it neither reads what an earlier RATE changes nor answers from it, so
    /// that pipelined ratings share one commit. Everything else waits for its turn.
    public var mayOverlap: Bool {
        if case .rate = self { true } else { false }
    }

    /// Whether the request goes on until the next one of its connection arrives.
    public var lastsUntilNext: Bool {
        if case .watch = self { true } else { false }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// Values that options have when they are left out.
    enum Default {
        static let count = 10
        static let head = HeadName.ranking
        static let explainedRatings = 10
        static let searchLimit = 20
        static let historyLimit = 20
        static let resamples = 1000
        static let seed = 1
        static let firstRecord = 1
    }

    /// Makes the request that checked arguments describe; options left out take their defaults.
    init(_ arguments: CheckedArguments) throws(WireError) {
        switch arguments.specification.verb {
        case .hello: self = .hello(version: arguments.integer("version"))
        case .ping: self = .ping
        case .help: self = .help(topic: arguments.topic("topic") ?? .overview)
        case .format: self = .format(arguments.choice("format"))
        case .quit: self = .quit
        case .info: self = .info
        case .recommend where arguments["profile"] != nil:
            guard arguments.mitigation == .none else {
                throw WireError(
                    .badValue,
                    "profile=none gives everybody the same list: leave out calibrated=, novelty= "
                        + "and floor=, or profile=none")
            }
            self = .recommendUnprofiled(
                user: arguments.text("user"), count: arguments.integer("k") ?? Default.count,
                rank: arguments["rank"] == nil ? Default.head : arguments.choice("rank"))
        case .recommend:
            self = .recommend(
                user: arguments.text("user"), count: arguments.integer("k") ?? Default.count,
                rank: arguments["rank"] == nil ? Default.head : arguments.choice("rank"),
                mitigation: arguments.mitigation)
        case .predict:
            self = .predict(
                user: arguments.text("user"), item: arguments.text("item"),
                time: arguments.integer("at"))
        case .explain:
            self = .explain(
                user: arguments.text("user"), item: arguments.text("item"),
                head: arguments["head"] == nil
                    ? (arguments["at"] == nil ? Default.head : .rating) : arguments.choice("head"),
                top: arguments.integer("top") ?? Default.explainedRatings,
                time: arguments.integer("at"), list: try Self.explainedList(arguments))
        case .similar:
            self = .similar(
                item: arguments.text("item"), count: arguments.integer("k") ?? Default.count)
        case .search:
            self = .search(
                text: arguments.text("words"),
                limit: arguments.integer("limit") ?? Default.searchLimit)
        case .show: self = try Self.show(arguments)
        case .rate:
            self = .rate(
                user: arguments.text("user"), item: arguments.text("item"),
                rating: arguments.number("rating"), timestamp: arguments.integer("at"))
        case .unrate: self = .unrate(user: arguments.text("user"), item: arguments.text("item"))
        case .audit:
            self = .audit(
                attribute: arguments["by"] == nil ? nil : arguments.text("by"),
                resamples: arguments.integer("resamples") ?? Default.resamples,
                seed: arguments.integer("seed") ?? Default.seed)
        case .retrain: self = .retrain(try RetrainOptions(arguments))
        case .export: self = try Self.export(arguments)
        case .forget: self = .forget(user: arguments.text("user"))
        case .generations: self = .generations
        case .stats: self = .stats
        case .shutdown: self = .shutdown
        }
    }

    /// The list that EXPLAIN is asked about; nil when it is about the score alone.
    private static func explainedList(
        _ arguments: CheckedArguments
    ) throws(WireError) -> ExplainedList? {
        let mitigation = arguments.mitigation
        let count = arguments.integer("k")
        guard mitigation != .none else {
            guard count == nil else {
                throw WireError(
                    .unknownOption,
                    "k= is the length of a list; it goes with calibrated=, novelty= or floor=")
            }
            return nil
        }
        guard arguments["at"] == nil else {
            throw WireError(
                .badValue,
                "lists have no time: leave out at=, or calibrated=, novelty= and floor=")
        }
        return ExplainedList(count: count ?? Default.count, mitigation: mitigation)
    }

    private static func show(_ arguments: CheckedArguments) throws(WireError) -> Request {
        let identifier = arguments.text("id")
        let limit = arguments.integer("limit")
        switch arguments.choice("kind") as ShowKind {
        case .user: return .showUser(identifier, limit: limit ?? Default.historyLimit)
        case .item:
            guard limit == nil else {
                throw WireError(
                    .unknownOption, "limit= is for SHOW user; leave it out of SHOW item")
            }
            return .showItem(identifier)
        }
    }

    private static func export(_ arguments: CheckedArguments) throws(WireError) -> Request {
        switch arguments.choice("what") as ExportKind {
        case .user:
            guard arguments["user"] != nil else {
                throw WireError(
                    .wrongArguments, "EXPORT user needs an identifier, as in EXPORT user 1")
            }
            try refuse(["table", "k", "top"], in: arguments, for: "EXPORT parquet")
            return .exportUser(
                arguments.text("user"), from: arguments.integer("from") ?? Default.firstRecord)
        case .parquet:
            guard arguments["user"] == nil else {
                throw WireError(
                    .wrongArguments,
                    "EXPORT parquet takes no identifier: it writes tables of all users")
            }
            try refuse(["from"], in: arguments, for: "EXPORT user")
            return .exportParquet(
                ParquetOptions(
                    table: arguments["table"] == nil ? nil : arguments.choice("table"),
                    listLength: arguments.integer("k") ?? Default.count,
                    predictionCount: arguments.integer("top")))
        }
    }

    /// Throws when an option was given that belongs to another form of the verb.
    private static func refuse(
        _ names: [String], in arguments: CheckedArguments, for form: String
    ) throws(WireError) {
        for name in names where arguments[name] != nil {
            throw WireError(.unknownOption, "\(name)= is for \(form); leave it out")
        }
    }
}

extension Request.RetrainOptions {
    fileprivate init(_ arguments: CheckedArguments) throws(WireError) {
        self.init()
        mitigation = try Self.mitigation(arguments)
        rating = arguments["rating"] == nil ? nil : arguments.text("rating")
        ranking = arguments["ranking"] == nil ? nil : arguments.text("ranking")
        seed = arguments.integer("seed")
        ratingFactors = arguments.integer("rating_factors")
        rankingFactors = arguments.integer("ranking_factors")
        sweeps = arguments.integer("sweeps")
        threads = arguments.integer("threads")
    }

    private static func mitigation(
        _ arguments: CheckedArguments
    ) throws(WireError) -> Request.Mitigation? {
        let strength = arguments["strength"] == nil ? nil : arguments.number("strength")
        let attribute = arguments["attribute"] == nil ? nil : arguments.text("attribute")
        guard arguments["mitigate"] != nil else {
            guard strength == nil, attribute == nil else {
                throw WireError(
                    .badValue,
                    "strength= and attribute= say how to mitigate; name the way too, mitigate="
                        + mitigationMethods.joined(separator: "|"))
            }
            return nil
        }
        guard let attribute else {
            throw WireError(
                .badValue,
                "mitigate= needs attribute=, whose groups are meant, for example gender; INFO lists "
                    + "what the data has")
        }
        return Request.Mitigation(
            method: arguments.text("mitigate"), attribute: attribute, strength: strength)
    }
}

extension CheckedArguments {
    fileprivate func integer(_ name: String) -> Int? {
        guard let value = self[name] else { return nil }
        guard case .integer(let integer) = value else { mismatch(name) }
        return integer
    }

    fileprivate func topic(_ name: String) -> Request.HelpTopic? {
        guard let value = self[name] else { return nil }
        guard case .topic(let topic) = value else { mismatch(name) }
        return topic
    }

    fileprivate func number(_ name: String) -> Double {
        guard case .number(let number)? = self[name] else { mismatch(name) }
        return number
    }

    /// The options of a mitigated list.
    fileprivate var mitigation: ListMitigation {
        ListMitigation(
            calibration: self["calibrated"] == nil ? nil : number("calibrated"),
            novelty: self["novelty"] == nil ? nil : number("novelty"),
            floors: self["floor"] == nil ? [] : floors("floor"))
    }

    private func floors(_ name: String) -> [ListFloor] {
        guard case .floors(let floors)? = self[name] else { mismatch(name) }
        return floors
    }

    fileprivate func text(_ name: String) -> String {
        guard case .text(let text)? = self[name] else { mismatch(name) }
        return text
    }

    fileprivate func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice {
        guard let choice = Choice(rawValue: text(name)) else { mismatch(name) }
        return choice
    }

    /// Stops: the row and the request disagree about an argument, which every verb's example
    /// would show.
    private func mismatch(_ name: String) -> Never {
        preconditionFailure("\(specification.verb.rawValue) declares \(name) of another kind")
    }
}

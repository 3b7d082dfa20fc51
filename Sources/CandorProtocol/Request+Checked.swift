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
        static let reportForm = ReportForm.page
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
            self = .recommendUnprofiled(
                user: arguments.text("user"), count: arguments.integer("k") ?? Default.count,
                rank: arguments["rank"] == nil ? Default.head : arguments.choice("rank"))
        case .recommend:
            self = .recommend(
                user: arguments.text("user"), count: arguments.integer("k") ?? Default.count,
                rank: arguments["rank"] == nil ? Default.head : arguments.choice("rank"))
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
                time: arguments.integer("at"))
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
        case .report:
            self = .report(
                arguments["form"] == nil ? Default.reportForm : arguments.choice("form"))
        case .retrain: self = .retrain(RetrainOptions(arguments))
        case .export: self = try Self.export(arguments)
        case .forget: self = .forget(user: arguments.text("user"))
        case .generations: self = .generations
        case .stats: self = .stats
        case .shutdown: self = .shutdown
        }
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
    fileprivate init(_ arguments: CheckedArguments) {
        self.init()
        rating = arguments["rating"] == nil ? nil : arguments.text("rating")
        ranking = arguments["ranking"] == nil ? nil : arguments.text("ranking")
        seed = arguments.integer("seed")
        ratingFactors = arguments.integer("rating_factors")
        rankingFactors = arguments.integer("ranking_factors")
        sweeps = arguments.integer("sweeps")
        threads = arguments.integer("threads")
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

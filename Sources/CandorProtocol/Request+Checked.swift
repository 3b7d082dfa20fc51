// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// Values that options have when they are left out.
    enum Default {
        static let count = 10
        static let head = HeadName.ranking
        static let explainedRatings = 10
        static let whyNotLines = 5
        static let fidelityUsers = 200
        static let searchLimit = 20
        static let historyLimit = 20
        static let slowRequests = 20
        static let section = "overview"
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
        case .explain: self = Self.explain(arguments)
        case .flip: self = try Self.flip(arguments)
        case .whyNot: self = Self.whyNot(arguments)
        case .facts: self = Self.facts(arguments)
        case .verify: self = Self.verify(arguments)
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
        case .audit: self = try Self.audit(arguments)
        case .report: self = Self.report(arguments)
        case .retrain: self = .retrain(RetrainOptions(arguments))
        case .fidelity:
            self = .fidelity(
                users: arguments.integer("users") ?? Default.fidelityUsers,
                seed: arguments.integer("seed") ?? Default.seed)
        case .export: self = try Self.export(arguments)
        case .forget: self = .forget(user: arguments.text("user"))
        case .generations: self = .generations
        case .stats: self = .observe(.stats)
        case .metrics: self = .observe(.metrics)
        case .slowlog:
            self = .observe(
                .slowlog(limit: arguments.integer("limit") ?? Default.slowRequests))
        case .clients: self = .observe(.clients)
        case .kill: self = .observe(.kill(connection: arguments.wholeNumber("connection")))
        case .reload: self = .reload
        case .shutdown: self = .shutdown
        }
    }

    private static func report(_ arguments: CheckedArguments) -> Request {
        .report(arguments["form"] == nil ? Default.reportForm : arguments.choice("form"))
    }

    private static func audit(_ arguments: CheckedArguments) throws(WireError) -> Request {
        let options = Request.AuditOptions(
            attribute: arguments["by"] == nil ? nil : arguments.text("by"),
            section: arguments["section"] == nil ? Default.section : arguments.text("section"),
            resamples: arguments.integer("resamples") ?? Default.resamples,
            seed: arguments.integer("seed") ?? Default.seed)
        guard arguments["what"] != nil else {
            guard options.section != "balanced" || options.attribute != nil else {
                throw WireError(
                    .badValue,
                    "section=balanced needs by=: it retrains on as many users of each group")
            }
            return .audit(options)
        }
        guard arguments["section"] == nil else {
            throw WireError(
                .unknownOption, "section= is for AUDIT alone; leave it out of AUDIT diff")
        }
        return .auditDifference(
            from: try generation("first", arguments), to: try generation("second", arguments),
            options)
    }

    private static func generation(
        _ name: String, _ arguments: CheckedArguments
    ) throws(WireError) -> Int {
        guard arguments[name] != nil else {
            throw WireError(
                .wrongArguments,
                "AUDIT diff takes the numbers of two generations, which GENERATIONS lists; usage: "
                    + "AUDIT diff <first> <second>")
        }
        let text = arguments.text(name)
        guard case .integer(let number)? = ArgumentKind.integer(1...Int.max).value(of: text) else {
            throw WireError(
                .badValue,
                "\(name) cannot be \(Quoting.excerpt(text)): it takes a generation's number")
        }
        return number
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
            try refuse(["head"], in: arguments, for: "EXPORT explanation")
            guard arguments["item"] == nil else {
                throw WireError(
                    .wrongArguments, "EXPORT user takes one identifier, that of the user")
            }
            return .exportUser(
                arguments.text("user"), from: arguments.integer("from") ?? Default.firstRecord)
        case .explanation:
            guard arguments["user"] != nil, arguments["item"] != nil else {
                throw WireError(
                    .wrongArguments,
                    "EXPORT explanation needs a user and an item, as in EXPORT explanation 1 2858")
            }
            try refuse(["table", "k", "top"], in: arguments, for: "EXPORT parquet")
            try refuse(["from"], in: arguments, for: "EXPORT user")
            return .exportExplanation(
                user: arguments.text("user"), item: arguments.text("item"),
                head: arguments["head"] == nil ? Default.head : arguments.choice("head"))
        case .parquet:
            guard arguments["user"] == nil else {
                throw WireError(
                    .wrongArguments,
                    "EXPORT parquet takes no identifier: it writes tables of all users")
            }
            try refuse(["from"], in: arguments, for: "EXPORT user")
            try refuse(["head"], in: arguments, for: "EXPORT explanation")
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

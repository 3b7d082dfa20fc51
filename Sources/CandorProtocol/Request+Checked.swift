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
        static let points = 5
        static let seed = 1
        static let firstRecord = 1
        static let reportForm = ReportForm.page
    }

    /// Makes the request that checked arguments describe; options left out take their defaults.
    init(_ arguments: CheckedArguments) throws(WireError) {
        switch arguments.specification.verb {
        case .hello: self = .hello(version: arguments.integer("version"))
        case .authenticate:
            self = .authenticate(
                name: arguments.text("name"), role: arguments.choice("role"),
                proof: arguments["proof"] == nil ? nil : arguments.text("proof"))
        case .ping: self = .ping
        case .help: self = .help(topic: arguments.topic("topic") ?? .overview)
        case .format: self = .format(arguments.choice("format"))
        case .quit: self = .quit
        case .info: self = .info
        case .recommend: self = try Self.recommend(arguments)
        case .predict:
            self = .predict(
                user: arguments.text("user"), item: arguments.text("item"),
                time: arguments.integer("at"))
        case .explain: self = try Self.explain(arguments)
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
        case .retrain: self = .retrain(try RetrainOptions(arguments))
        case .cancel, .promote, .confirm, .rollback, .diff, .reproduce:
            self = Self.steer(arguments)
        case .fidelity:
            self = .fidelity(
                users: arguments.integer("users") ?? Default.fidelityUsers,
                seed: arguments.integer("seed") ?? Default.seed)
        case .export: self = try Self.export(arguments)
        case .forget: self = .forget(user: arguments.text("user"))
        case .generations: self = .generations
        case .stats: self = .observe(.stats)
        case .metrics: self = .observe(.metrics)
        case .watch: self = .watch(kinds: arguments.eventKinds("kinds"))
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

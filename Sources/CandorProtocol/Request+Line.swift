// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// The verb that makes this request.
    public var verb: Verb {
        switch self {
        case .hello: .hello
        case .authenticate: .authenticate
        case .ping: .ping
        case .help: .help
        case .format: .format
        case .quit: .quit
        case .info: .info
        case .recommend, .recommendUnprofiled: .recommend
        case .predict: .predict
        case .explain: .explain
        case .flip: .flip
        case .whyNot: .whyNot
        case .facts: .facts
        case .verify: .verify
        case .similar: .similar
        case .search: .search
        case .showUser, .showItem: .show
        case .rate: .rate
        case .unrate: .unrate
        case .audit, .auditDifference, .auditFrontier: .audit
        case .report: .report
        case .retrain: .retrain
        case .steer(let steering): steering.verb
        case .fidelity: .fidelity
        case .exportUser, .exportParquet, .exportExplanation: .export
        case .forget: .forget
        case .generations: .generations
        case .observe(let question): question.verb
        case .watch: .watch
        case .reload: .reload
        case .shutdown: .shutdown
        }
    }

    /// The canonical request line, without its end: every option with a value is written out.
    ///
    /// Parsing it gives this request again.
    public var line: String {
        var line = RequestLineBuilder(verb)
        switch self {
        case .ping, .quit, .info, .generations, .reload, .shutdown:
            break
        case .hello(let version): version.map { line.add(word: String($0)) }
        case .authenticate(let name, let role, let proof):
            line.add(word: name)
            line.add(word: role.rawValue)
            line.add("proof", proof)
        case .help(let topic):
            switch topic {
            case .overview: break
            case .verb(let verb): line.add(word: verb.rawValue)
            case .table: line.add(word: ArgumentKind.tableTopic)
            }
        case .format(let format): line.add(word: format.rawValue)
        case .recommend(let user, let count, let rank, let mitigation):
            line.add(word: user)
            line.add("k", count)
            line.add("rank", rank.rawValue)
            line.add(mitigation)
        case .predict(let user, let item, let time):
            line.add(word: user)
            line.add(word: item)
            line.add("at", time)
        case .unrate(let user, let item):
            line.add(word: user)
            line.add(word: item)
        case .explain(let user, let item, let options):
            line.add(word: user)
            line.add(word: item)
            options.add(to: &line)
        case .flip(let user, let item, let count, let head):
            line.add(word: user)
            if let item {
                line.add(word: item)
                line.add("k", count)
            }
            line.add("head", head.rawValue)
        case .whyNot(let user, let item, let count, let top, let head):
            line.add(word: user)
            line.add(word: item)
            line.add("k", count)
            line.add("top", top)
            line.add("head", head.rawValue)
        case .fidelity(let users, let seed):
            line.add("users", users)
            line.add("seed", seed)
        case .facts(let user, let item, let head, let form, let top):
            line.add(word: user)
            line.add(word: item)
            line.add("head", head.rawValue)
            line.add("form", form.rawValue)
            line.add("top", top)
        case .verify(let user, let item, let text, let head):
            line.add(word: user)
            line.add(word: item)
            line.add(word: text)
            line.add("head", head.rawValue)
        case .similar(let item, let count):
            line.add(word: item)
            line.add("k", count)
        case .search(let text, let limit):
            line.add(word: text)
            line.add("limit", limit)
        case .showUser(let user, let limit):
            line.add(word: ShowKind.user.rawValue)
            line.add(word: user)
            line.add("limit", limit)
        case .showItem(let item):
            line.add(word: ShowKind.item.rawValue)
            line.add(word: item)
        case .rate(let user, let item, let rating, let timestamp):
            line.add(word: user)
            line.add(word: item)
            line.add(word: rating.description)
            line.add("at", timestamp)
        case .exportExplanation(let user, let item, let head):
            line.add(word: ExportKind.explanation.rawValue)
            line.add(word: user)
            line.add(word: item)
            line.add("head", head.rawValue)
        case .audit(let options): options.add(to: &line, section: true)
        case .auditFrontier(let method, let points, let options):
            line.add(word: "frontier")
            line.add(word: method)
            options.add(to: &line, section: false)
            line.add("points", points)
        case .auditDifference(let first, let second, let options):
            line.add(word: "diff")
            line.add(word: String(first))
            line.add(word: String(second))
            options.add(to: &line, section: false)
        case .recommendUnprofiled(let user, let count, let rank):
            line.add(word: user)
            line.add("k", count)
            line.add("rank", rank.rawValue)
            line.add("profile", Request.noProfile)
        case .forget(let user): line.add(word: user)
        case .observe(let question): question.add(to: &line)
        case .steer(let steering): steering.add(to: &line)
        case .watch(let kinds) where kinds.isEmpty: break
        case .watch(let kinds):
            line.add(word: kinds.map(\.rawValue).joined(separator: ","))
        case .exportParquet(let options):
            line.add(word: ExportKind.parquet.rawValue)
            line.add("table", options.table?.rawValue)
            line.add("k", options.listLength)
            line.add("top", options.predictionCount)
        case .exportUser(let user, let first):
            line.add(word: ExportKind.user.rawValue)
            line.add(word: user)
            line.add("from", first)
        case .report(let form): line.add("form", form.rawValue)
        case .retrain(let options):
            if options.isForced { line.add(word: Steering.force) }
            line.add("rating", options.rating)
            line.add("ranking", options.ranking)
            line.add("seed", options.seed)
            line.add("rating_factors", options.ratingFactors)
            line.add("ranking_factors", options.rankingFactors)
            line.add("sweeps", options.sweeps)
            line.add("threads", options.threads)
            line.add("data", options.data)
            line.add(
                "demographics",
                options.demographics.isEmpty ? nil : IdentifierList.text(options.demographics))
            if let mitigation = options.mitigation {
                line.add("mitigate", mitigation.method)
                line.add("attribute", mitigation.attribute)
                line.add("strength", mitigation.strength?.description)
            }
        }
        return line.text
    }
}

extension RequestLineBuilder {
    /// Adds the options of a mitigated list.
    mutating func add(_ mitigation: ListMitigation) {
        add("calibrated", mitigation.calibration?.description)
        add("novelty", mitigation.novelty?.description)
        guard !mitigation.floors.isEmpty else { return }
        add("floor", mitigation.floors.map(\.text).joined(separator: ","))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// What the demo shows: one user's taste and recommendations, the reasons, and an audit.
struct Tour {
    let session: Session
    /// When the demo began.
    let start: ContinuousClock.Instant

    /// The first user with this many ratings is shown, so that the history says something.
    private static let ratingsWanted = 30...300
    private static let usersTried = 1...50
    private static let shown = 10
    private static let pageColumns = 100

    private var theme: Theme { session.terminal.theme }
    private var width: Int { Terminal.columns() ?? Self.pageColumns }

    /// Shows everything, for `user` or the first suitable one.
    func run(user named: String?) throws(DemoError) {
        let user = if let named { named } else { try suitableUser() }
        let first = try recommendations(for: user)
        if let first {
            try explanation(of: first, for: user)
            try prediction(of: first, for: user)
        }
        try audit()
    }

    // MARK: Steps

    private func suitableUser() throws(DemoError) -> String {
        var fallback: String?
        for number in Self.usersTried {
            let request = Request.showUser("\(number)", limit: 1)
            guard let reply = try answer(to: request.line),
                let ratings = reply["ratings"].flatMap(Int.init), ratings > 0
            else { continue }
            if Self.ratingsWanted.contains(ratings) { return "\(number)" }
            fallback = fallback ?? "\(number)"
        }
        guard let fallback else { throw .noUser }
        return fallback
    }

    /// Shows a user's history beside the top items, and returns the first of these.
    private func recommendations(for user: String) throws(DemoError) -> Completion.TitleMatch? {
        let show = "SHOW user \(Quoting.word(user)) limit=\(Self.shown)"
        let recommend = "RECOMMEND \(Quoting.word(user)) k=\(Self.shown)"
        let history = try demanded(show)
        let top = try demanded(recommend)
        let elapsed = Numerals.fixed((ContinuousClock.now - start) / .seconds(1), digits: 1)
        try heading([show, recommend], "what user \(user) rated best, and what to watch next")
        let profile = history.fields.filter { !["user", "source", "shown"].contains($0.name) }
            .compactMap { field in
                field.value.map { value in
                    "\(field.name) \(ColumnLook.of(field.name).cell(value, of: field.name).text)"
                }
            }
        try write([theme.dressed(profile.joined(separator: " · "), .faint)])
        try write(
            SideBySide(
                left: .init(history, number: "rating"), right: .init(top, number: "stars"),
                columns: width, theme: theme
            ).lines(titles: ("rated", "recommended, with the predicted stars")))
        try write([
            theme.dressed("(recommended \(elapsed) s after the demo began)", .faint)
        ])
        guard let row = top.rows.first, let item = cell(top, row, "item") else { return nil }
        return .init(item: item, title: cell(top, row, "title") ?? item)
    }

    private func explanation(
        of item: Completion.TitleMatch, for user: String
    ) throws(DemoError) {
        let request = "EXPLAIN \(Quoting.word(user)) \(Quoting.word(item.item)) top=6"
        let reply = try demanded(request)
        let words = "FACTS \(Quoting.word(user)) \(Quoting.word(item.item)) form=text"
        let facts = try demanded(words)
        try heading([request, words], "why \(SafeText.of(item.title))")
        let renderer = PeopleRenderer(width: width, theme: theme)
        try write(renderer.lines(facts) + [""] + renderer.lines(reply))
    }

    private func prediction(
        of item: Completion.TitleMatch, for user: String
    ) throws(DemoError) {
        let request = "PREDICT \(Quoting.word(user)) \(Quoting.word(item.item))"
        let reply = try demanded(request)
        try heading([request], "the rating that user \(user) would give it")
        try write(PeopleRenderer(width: width, theme: theme).lines(reply))
    }

    private func audit() throws(DemoError) {
        let attributes = session.lookup.attributes()
        guard let attribute = attributes.first(where: { $0 == "gender" }) ?? attributes.first
        else { return }
        let request = "AUDIT by=\(attribute) resamples=300"
        try heading(
            [request], "is it as accurate for everyone? trained anew on part of the ratings")
        let reply = try demanded(request)
        try write(PeopleRenderer(width: width, theme: theme).lines(reply))
        try write([
            "Errors (rmse) are better low, rankings (ndcg@10) better high. Lines are 95% intervals.",
            "Where the interval of a gap does not reach zero, the groups are served unequally well.",
        ])
    }

    // MARK: Means

    private func heading(_ requests: [String], _ meaning: String) throws(DemoError) {
        let requests = requests.joined(separator: "  ·  ")
        try write(["", theme.dressed("▸ \(requests)", .heading), "  \(meaning)", ""])
    }

    private func write(_ lines: [String]) throws(DemoError) {
        do { try session.output.write(lines) } catch { throw .client(error) }
    }

    private func cell(_ reply: ReceivedReply, _ row: [String?], _ name: String) -> String? {
        reply.columns.firstIndex(of: name).flatMap { row[$0] }
    }

    private func demanded(_ line: String) throws(DemoError) -> ReceivedReply {
        switch try sent(line) {
        case .reply(let reply): return reply
        case .refusal(let error): throw .refused(line, SafeText.of(error.message))
        case .json: throw .refused(line, "the answer came as JSON")
        case .cancelled, .terminated: throw .interrupted
        case .unwritten(let error): throw .client(error)
        }
    }

    private func answer(to line: String) throws(DemoError) -> ReceivedReply? {
        switch try sent(line) {
        case .reply(let reply): return reply
        case .refusal, .json: return nil
        case .cancelled, .terminated: throw .interrupted
        case .unwritten(let error): throw .client(error)
        }
    }

    private func sent(_ line: String) throws(DemoError) -> Answer {
        do { return try session.ask(line) } catch { throw .client(error) }
    }
}

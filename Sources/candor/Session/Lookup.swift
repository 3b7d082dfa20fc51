// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import CandorProtocol

/// Asks the daemon for names on a connection of its own, so that the session's connection keeps
/// its format and its order.
///
/// Best effort: what cannot be asked has no names, and the next question tries again.
final class Lookup {
    private let daemon: Daemon
    private var connection: Connection?
    private var lastTitles: (words: String, matches: [Completion.TitleMatch])?

    private static let timeoutSeconds = 2.0
    private static let titlesMax = 40

    /// Prepares to ask `daemon`; connects with the first question.
    init(daemon: Daemon) {
        self.daemon = daemon
    }

    /// The verbs that a connection of this role may use, with those this client does not know.
    func verbs() -> [String] {
        guard let reply = ask(Request.help(topic: .table).line),
            let role = connection?.greeting.role,
            let verb = reply.columns.firstIndex(of: "verb"),
            let needed = reply.columns.firstIndex(of: "role")
        else { return Verb.allCases.map(\.rawValue) }
        return reply.rows.compactMap { row in
            guard let needed = row[needed].flatMap(Role.init), needed <= role else { return nil }
            return row[verb].map(SafeText.of)
        }
    }

    /// The data's user attributes, as INFO lists them.
    func attributes() -> [String] {
        guard let reply = ask(Request.info.line), reply.columns == ["name", "value"],
            let row = reply.rows.first(where: { $0[0] == "attributes" }), let list = row[1]
        else { return [] }
        return list.split { $0 == "," || $0 == " " }.map { SafeText.of(String($0)) }
    }

    /// The items whose titles have words that begin as `words` do, in the daemon's order.
    func titles(_ words: String) -> [Completion.TitleMatch] {
        if let last = lastTitles, last.words == words { return last.matches }
        let request = Request.search(text: words, limit: Self.titlesMax)
        guard !words.isEmpty, let reply = ask(request.line),
            let item = reply.columns.firstIndex(of: "item"),
            let title = reply.columns.firstIndex(of: "title")
        else { return [] }
        let matches = reply.rows.compactMap { row in
            row[item].map { Completion.TitleMatch(item: $0, title: row[title] ?? "") }
        }
        lastTitles = (words, matches)
        return matches
    }

    private func ask(_ line: String) -> ReceivedReply? {
        do {
            if connection?.isClosedByPeer ?? true {
                connection = try daemon.connect(timeoutSeconds: Self.timeoutSeconds)
            }
            let answer = try connection?.ask(line, timeoutSeconds: Self.timeoutSeconds)
            // Because completion and titles are a convenience, a refusal only means none.
            return try? answer?.get()
        } catch {
            connection = nil
            return nil
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What a daemon's clients can tell of its state: equal for two daemons of which nobody can tell which
/// is which.
struct DaemonFingerprint: Equatable {
    /// What INFO says: models, hashes of data and factors, what ROLLBACK goes back to, by when what
    /// serves must be confirmed.
    let information: [[String]]
    /// Answers, byte by byte.
    let answers: [String]

    /// Asks `daemon`, also about `user`.
    init(_ daemon: DaemonProcess, user: String) throws {
        let client = try daemon.client()
        // Because the day may end between two of them.
        information = try client.ask("INFO").rows.filter { $0[0] != "created" }
        answers = try ["1", "42", user].flatMap { user in
            try [
                "RECOMMEND \(user) k=50", "PREDICT \(user) 9", "EXPLAIN \(user) 9 head=rating",
                "SHOW user \(user) limit=1000",
            ].map { try client.ask($0).text }
        }
    }
}

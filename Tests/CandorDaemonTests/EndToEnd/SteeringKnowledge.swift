// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What is known from outside of the generations, over many lives of a daemon.
struct SteeringKnowledge: Sendable {
    /// A decision about what serves.
    enum Kind: String, Sendable, CaseIterable {
        case retrain, promote, promoteUnconfirmed, confirm, rollback
    }

    /// What became of requests of one kind that a death left without an answer.
    struct Interrupted: Equatable, Sendable {
        /// How often what served before served on.
        var oldCount = 0
        /// How often what was asked for served.
        var newCount = 0
    }

    /// The generation that serves, as was acknowledged last.
    private(set) var served = 1
    /// The request without an answer and what serves if it was done.
    private(set) var begun: (kind: Kind, next: Int)?
    /// The factors' hash of each generation that was ever listed.
    var hashes: [Int: String] = [:]
    /// How long the latest request of each kind took.
    var durations: [Kind: Duration] = [:]
    /// What became of the requests that were never answered.
    private(set) var interrupted: [Kind: Interrupted] = [:]
    /// How many requests were acknowledged.
    private(set) var acknowledgedCount = 0
    /// What each generation answers.
    private var answers: [Int: [RawClient.Answer]] = [:]

    /// Answers that depend on nothing but the generation that gives them.
    static func answers(_ client: RawClient) throws -> [RawClient.Answer] {
        try ["RECOMMEND 1 k=50", "PREDICT 1 9", "RECOMMEND 42 k=50", "EXPLAIN 42 9 head=rating"]
            .map { try client.ask($0) }
    }

    /// A request is about to be sent after which `next` serves.
    mutating func begin(_ kind: Kind, _ next: Int) { begun = (kind, next) }

    /// A request was acknowledged, and `generation` serves.
    mutating func acknowledge(_ generation: Int) {
        served = generation
        begun = nil
        acknowledgedCount += 1
    }

    /// Expects answers that are, byte by byte, what a generation gave whenever it served.
    mutating func expect(_ found: [RawClient.Answer], of generation: Int) {
        #expect(found.allSatisfy { $0.generation == generation })
        #expect(found == answers[generation] ?? found, "generation \(generation)")
        answers[generation] = found
    }

    /// Expects a daemon after a death to serve what was acknowledged last, or what was begun, whole.
    mutating func settle(with client: RawClient, round: Int) throws {
        let found = try Self.answers(client)
        let generation = try #require(found[0].generation)
        #expect(
            generation == served || generation == begun?.next,
            "round \(round): \(generation) serves, acknowledged \(served), begun \(begun as Any)")
        let rows = try client.ask("GENERATIONS").rows
        #expect(rows.filter { $0[1] == "serving" }.map { Int($0[0]) } == [generation])
        for row in rows {
            let number = try #require(Int(row[0]))
            #expect(row[1].hasPrefix("damaged") == false, "\(row)")
            #expect(row[7] == hashes[number] ?? row[7], "\(row)")
        }
        expect(found, of: generation)
        if let begun {
            let isNew = generation == begun.next && begun.next != served
            if isNew, begun.kind == .retrain {
                let again = try client.ask("REPRODUCE \(generation)")
                #expect(again.text.contains(" reproduced=yes"), "\(again.text)")
            }
            interrupted[begun.kind, default: Interrupted()].newCount += isNew ? 1 : 0
            interrupted[begun.kind, default: Interrupted()].oldCount += isNew ? 0 : 1
        }
        served = generation
        begun = nil
    }
}

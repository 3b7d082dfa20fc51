// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Testing

@testable import candor

/// The client's replay against the heads themselves, through the words of an export.
@Suite("Replaying explanations")
struct ReplayTests {
    private static let matrix: RatingMatrix = {
        let random = CounterRandom(seed: 2)
        var columns = RatingColumns()
        for pair in 0..<600 where random.uniform(UInt64(pair)) < 0.5 {
            columns.append(
                user: UserIndex(pair / 20), item: ItemIndex(pair % 20),
                value: Float(1 + random.integer(below: 5, UInt64(pair) + 5000)), timestamp: 0)
        }
        return RatingMatrix(columns, userCount: 30, itemCount: 20)
    }()

    private static let heads = Result<[any ReplayableHead], any Error> {
        let plain: [any ReplayableHead] = [
            try BayesianTrainer.train(
                matrix, options: .init(factors: 6, sweeps: 6, burnIn: 2, samples: 3), threads: 1),
            try BayesianTrainer.train(
                matrix,
                options: .init(
                    factors: 4, sweeps: 5, burnIn: 2, samples: 2, implicitSets: false),
                threads: 1),
            try BayesianTrainer.train(
                matrix, inputs: groups,
                options: .init(factors: 6, sweeps: 6, burnIn: 2, samples: 3), threads: 1),
            try RankingTrainer.train(
                matrix, scale: .init(minimum: 1, maximum: 5),
                options: .init(factors: 6, sweeps: 2), threads: 1),
            try BiasHead.train(matrix),
            try PopularityHead.train(matrix),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .zero, factors: 4), threads: 1),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .biasResidual, factors: 4), threads: 1),
        ]
        return try plain + plain.compactMap { try erased($0) }
    }

    /// Two attributes; users 2, 5, 8 … have not told the second.
    private static let groups = AttributeInputs([
        UserAttribute(
            name: "age", categories: ["18 to 24", "25 to 34"],
            codes: (0..<30).map { Int32($0 / 3 % 2) }),
        UserAttribute(
            name: "gender", categories: ["F", "M"],
            codes: (0..<30).map { $0 % 3 == 2 ? -1 : Int32($0 % 2) }),
    ])

    /// The head without the trace of three made-up groups; nil where its vectors have no trace.
    private static func erased(_ head: some ReplayableHead) throws -> (any ReplayableHead)? {
        guard head.dimensions > 0, !isAttributed(head) else { return nil }
        let vectors = (0..<30).map { head.foldIn(matrix.profile(of: UserIndex($0))).vector }
        let erasure = try #require(
            LinearErasure(vectors, groups: (0..<30).map { $0 % 3 }, groupCount: 3, strength: 0.9))
        return ErasedHead(head, erasure)
    }

    private static func isAttributed(_ head: any ReplayableHead) -> Bool {
        guard let head = head as? any AttributedHead else { return false }
        return (0..<30).contains {
            !head.knownAttributes(of: matrix.profile(of: UserIndex($0))).isEmpty
        }
    }

    /// What a daemon would send.
    private func export(
        _ head: some ReplayableHead, _ profile: Profile, _ item: ItemIndex
    ) -> ReceivedReply {
        let rows = head.replayVectors(of: profile, to: item).map { vector -> [String?] in
            let (precision, values) =
                switch vector.numbers {
                case .single(let numbers): ("single", numbers.map(\.description))
                case .double(let numbers): ("double", numbers.map(\.description))
                }
            return [
                vector.name, vector.sample.map(String.init),
                vector.item.map { "i\($0.position)" }, precision,
                values.joined(separator: " "),
            ]
        }
        return ReceivedReply(
            generation: 1, fields: [.init("kind", head.replayKind)],
            columns: ["name", "sample", "item", "precision", "values"], rows: rows)
    }

    /// An explanation of two listed ratings and the rest, put together from solves from scratch.
    private func explanation(
        _ head: some LinearHead, _ profile: Profile, _ item: ItemIndex
    ) -> ReceivedReply {
        let foldIn = head.foldIn(profile)
        let score = head.score(of: item, for: foldIn.vector)
        let shares = head.shares(of: profile, to: item, with: foldIn)
        func effect(_ removed: [Int]) -> String {
            let vector = head.foldIn(profile.without(removed)).vector
            return "\(head.score(of: item, for: vector) - score)"
        }
        var rows: [[String?]] = [
            ["base", nil, nil, "\(head.base(of: item) + (shares.population ?? 0))", nil]
        ]
        rows += shares.attributes.map { ["attribute", nil, $0.label, "\($0.amount)", nil] }
        for position in 0..<2 {
            rows.append([
                "share", "i\(profile.items[position])", nil, "\(shares.ratings[position])",
                effect([position]),
            ])
        }
        let rest = Array(2..<profile.count)
        rows.append([
            "rest", nil, nil, "\(rest.reduce(0) { $0 + shares.ratings[$1] })", effect(rest),
        ])
        if let erased = shares.erased {
            rows.append(["adjustment", nil, nil, "\(erased)", nil])
        }
        return ReceivedReply(
            generation: 1, fields: [.init("score", "\(score)")],
            columns: ["line", "item", "title", "share", "effect"], rows: rows)
    }

    private func check(_ head: some ReplayableHead, user: Int, item: Int) throws {
        let profile = Self.matrix.profile(of: UserIndex(user))
        let item = ItemIndex(item)
        let replay = try ExplanationExport(export(head, profile, item)).replay()
        #expect(replay.items.count == profile.count)
        let told = explanation(head, profile, item)
        let check = try ExplanationCheck(told, replay)
        #expect(check.findings.map(\.name) == ["SUM", "SHARES", "DELETE"])
        for finding in check.findings { #expect(finding.difference < 1e-10, "\(finding)") }
        let all = Array(profile.items.indices)
        let nobody = head.score(of: item, for: head.foldIn(profile.without(all)).vector)
        #expect(abs(try replay.score([]) - nobody) < 1e-10)
        // Any number that is changed by a millionth is noticed.
        for row in told.rows.indices {
            for column in 3...4 {
                guard let text = told.rows[row][column], let number = Double(text) else {
                    continue
                }
                var forged = told
                forged.rows[row][column] = "\(number + 1e-6)"
                #expect(try !ExplanationCheck(forged, replay).isConfirmed)
            }
        }
    }

    @Test("what an erasure adds is replayed, and is not nothing")
    func erasures() throws {
        var adjusted = 0
        for head in try Self.heads.get() {
            let profile = Self.matrix.profile(of: UserIndex(4))
            let item = ItemIndex(7)
            let erased = head.shares(of: profile, to: item, with: head.foldIn(profile)).erased
            let replay = try ExplanationExport(export(head, profile, item)).replay()
            let adjustment = try replay.adjustment(Array(profile.items.indices))
            #expect(abs(adjustment - (erased ?? 0)) < 1e-10)
            if abs(adjustment) > 1e-4 { adjusted += 1 }
        }
        #expect(adjusted >= 5)
    }

    @Test("what attributes add is replayed line by line, also for somebody without ratings")
    func attributes() throws {
        let head = try #require(try Self.heads.get().first(where: Self.isAttributed))
        for user in [4, 5] {
            let whole = Self.matrix.profile(of: UserIndex(user))
            for profile in [whole, whole.without(Array(whole.items.indices))] {
                let item = ItemIndex(7)
                let foldIn = head.foldIn(profile)
                let replay = try ExplanationExport(export(head, profile, item)).replay()
                let told = head.shares(of: profile, to: item, with: foldIn).attributes
                let replayed = try replay.attributes()
                #expect(told.count == (user == 5 ? 1 : 2) && replayed.count == told.count)
                for share in told {
                    let amount = try #require(replayed[share.label])
                    #expect(abs(amount - share.amount) < 1e-10 && abs(amount) > 1e-4)
                }
                let score = head.score(of: item, for: foldIn.vector)
                #expect(abs(try replay.score(Array(profile.items.indices)) - score) < 1e-10)
            }
        }
    }

    @Test("scores, shares and deletions of every kind of head are replayed")
    func replays() throws {
        for head in try Self.heads.get() {
            for user in stride(from: 0, to: 30, by: 7) {
                try check(head, user: user, item: 3 + user % 9)
            }
        }
    }

    @Test("an export that lacks something is refused")
    func incomplete() throws {
        for head in try Self.heads.get() {
            let whole = export(head, Self.matrix.profile(of: UserIndex(1)), ItemIndex(2))
            for row in whole.rows.indices where whole.rows[row][2] == nil {
                var part = whole
                part.rows.remove(at: row)
                #expect(throws: VerificationError.self) {
                    try ExplanationExport(part).replay()
                }
            }
            var garbled = whole
            garbled.rows[0][4] = "one"
            #expect(throws: VerificationError.self) { try ExplanationExport(garbled).replay() }
            var unknown = whole
            unknown.fields = [.init("kind", "oracle")]
            #expect(throws: VerificationError.unknownKind("oracle")) {
                try ExplanationExport(unknown).replay()
            }
        }
    }
}

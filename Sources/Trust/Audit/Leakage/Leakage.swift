// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// How well an attacker who is given user vectors guesses what group users are in.
///
/// Two attackers, one linear (logistic regression, λ = 1) and one not (the vote of 50 nearest
/// neighbours), learn from one half of the users and are judged on the other by the area under the
/// ROC curve. As an attacker may guess the other way round, the larger of it and 1 less it counts:
/// 0.5 gives nothing away, 1 everything.
struct Leakage {
    /// The fewest users of a group, and outside it, that each half must have.
    private static let usersMin = Suppression.usersMin

    private let subject: AuditSubject
    private let users: GroupedUsers
    private let options: AuditOptions
    private let threads: Int

    init(_ subject: AuditSubject, _ users: GroupedUsers, options: AuditOptions, threads: Int) {
        self.subject = subject
        self.users = users
        self.options = options
        self.threads = threads
    }

    /// One attack on one group.
    private struct Attack: Sendable {
        let attribute: Int
        let group: Int
        let metric: String
        let scores: RankedScores
        /// Guessed users of known group, by their places among the measured: what is ranked.
        let places: [Int32]
    }

    /// The rows of all groups that may be shown; nil when `progress` returns false.
    ///
    /// Of two groups the smaller one stands for both.
    func rows(isShown: [[Bool]], progress: (Double) -> Bool) -> [AuditRow]? {
        var attacks: [Attack] = []
        for (number, head) in subject.heads.enumerated() {
            let share = 0.6 / Double(subject.heads.count)
            guard progress(Double(number) * share) else { return nil }
            let sample = AttackSample(
                subject, head: head.head, seed: options.seed, threads: threads)
            guard progress((Double(number) + 0.3) * share) else { return nil }
            let vote = NeighbourVote(sample, threads: threads)
            guard progress((Double(number) + 0.6) * share) else { return nil }
            attacks += self.attacks(head.name, sample, vote, isShown: isShown)
        }
        guard progress(0.6) else { return nil }
        return judged(attacks) { progress(0.6 + 0.4 * $0) }
    }

    private func attacks(
        _ head: String, _ sample: AttackSample, _ vote: NeighbourVote, isShown: [[Bool]]
    ) -> [Attack] {
        let targets = users.attributes.indices.flatMap { attribute in
            groups(attribute, sample, isShown[attribute]).map { (attribute, $0) }
        }
        return Parallel.map(count: targets.count, chunk: 1, threads: threads) { target in
            let (attribute, group) = targets[target]
            let codes = users.codes[attribute]
            let judged = sample.guessed.indices.filter { codes[sample.guessed[$0]] >= 0 }
            let places = judged.map { Int32(sample.guessed[$0]) }
            let linear = linearScores(sample, codes, group: Int32(group))
            let votes = vote.scores(Int32(group), codes: sample.known.map { codes[$0] })
            return [("linear", linear), ("neighbours", votes)].map { attacker, scores in
                Attack(
                    attribute: attribute, group: group, metric: "auc-\(attacker)-\(head)",
                    scores: RankedScores(judged.map { scores[$0] }, places: places),
                    places: places)
            }
        }.flatMap(\.self)
    }

    /// The groups of an attribute that an attack can be judged on.
    private func groups(_ attribute: Int, _ sample: AttackSample, _ isShown: [Bool]) -> [Int] {
        guard users.attributes[attribute].kind == .attribute else { return [] }
        let codes = users.codes[attribute]
        func counts(_ places: [Int]) -> [Int] {
            var counts = [Int](repeating: 0, count: isShown.count)
            for place in places where codes[place] >= 0 { counts[Int(codes[place])] += 1 }
            return counts
        }
        let halves = [counts(sample.known), counts(sample.guessed)]
        let possible = isShown.indices.filter { group in
            isShown[group]
                && halves.allSatisfy { half in
                    let others = half.reduce(0, +) - half[group]
                    return half[group] >= Self.usersMin && others >= Self.usersMin
                }
        }
        guard isShown.count(where: \.self) == 2, possible.count == 2 else { return possible }
        let sizes = users.userCounts(attribute)
        return [sizes[possible[0]] <= sizes[possible[1]] ? possible[0] : possible[1]]
    }

    private func linearScores(
        _ sample: AttackSample, _ codes: [Int32], group: Int32
    ) -> [Double] {
        let width = sample.width
        let learned = sample.known.indices.filter { codes[sample.known[$0]] >= 0 }
        let regression = LogisticRegression(
            features: learned.flatMap { sample.knownRows[$0 * width..<($0 + 1) * width] },
            width: width, labels: learned.map { codes[sample.known[$0]] == group })
        return sample.guessed.indices.map {
            regression.score(sample.guessedRows, at: $0 * width)
        }
    }

    /// Intervals by resampling the guessed users, chance by exchanging their groups within tenths by
    /// profile size: the attackers have never seen these users' groups, so that is exact.
    private func judged(_ attacks: [Attack], progress: (Double) -> Bool) -> [AuditRow]? {
        let users = users
        let count = users.table.count
        let options = options
        let observed = attacks.map { attack in
            attack.scores.area(users.codes[attack.attribute], group: Int32(attack.group))
        }
        let samples = Resamples(
            count: options.resamples, width: attacks.count, threads: threads,
            progress: { progress($0 / 2) },
            makeScratch: { [Double](repeating: 0, count: count) }
        ) { sample, weights, out in
            UserBootstrap.draw(sample, seed: options.seed, into: &weights)
            for (place, attack) in attacks.enumerated() {
                let area = attack.scores.area(
                    users.codes[attack.attribute], group: Int32(attack.group), weights: weights)
                out[place] = observed[place] < 0.5 ? 1 - area : area
            }
        }
        let guessed = Set(attacks.flatMap(\.places))
        let lists = users.attributes.indices.map { attribute in
            users.exchangeable(attribute).map { $0.filter(guessed.contains) }
        }
        let null = Resamples(
            count: options.resamples, width: attacks.count, threads: threads,
            progress: { progress(0.5 + $0 / 2) }, makeScratch: {}
        ) { resample, _, out in
            var exchanged: [Int: [Int32]] = [:]
            for (place, attack) in attacks.enumerated() {
                var codes = exchanged[attack.attribute] ?? []
                if codes.isEmpty {
                    codes = users.codes[attack.attribute]
                    StratifiedPermutation.exchange(
                        &codes, within: lists[attack.attribute],
                        CounterRandom(
                            seed: options.seed, stream: Self.stream(attack.attribute, resample)))
                    exchanged[attack.attribute] = codes
                }
                let area = attack.scores.area(codes, group: Int32(attack.group))
                out[place] = max(area, 1 - area)
            }
        }
        guard let samples, let null else { return nil }
        return attacks.enumerated().map { place, attack in
            row(
                attack, max(observed[place], 1 - observed[place]), samples.column(place),
                null.column(place))
        }
    }

    /// Streams above those of the attributes' permutations, 2³² for each attribute.
    private static func stream(_ attribute: Int, _ resample: Int) -> UInt64 {
        (1 << 59) + (UInt64(attribute) << 32) + UInt64(resample)
    }

    private func row(
        _ attack: Attack, _ area: Double, _ samples: [Double], _ null: [Double]
    ) -> AuditRow {
        let attribute = users.attributes[attack.attribute]
        let codes = users.codes[attack.attribute]
        let own = attack.places.count { codes[Int($0)] == Int32(attack.group) }
        return AuditRow(
            .leakage, attribute: attribute.name, group: attribute.groups[attack.group],
            users: own, ratings: 0, metric: attack.metric,
            Estimate(value: area, samples: samples),
            chance: null.reduce(0, +) / Double(null.count),
            p: PValue.upper(area, null: null), family: .exploratory)
    }
}

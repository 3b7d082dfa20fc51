// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Errors of a head that is asked for each rating just before it is told it.
///
/// Predict, then learn (Dawid 1984, "prequential analysis"; Gama, Sebastião & Rodrigues 2013): each
/// user's later ratings come in the order of time. Each is predicted from the user's ratings so
/// far and then joins them by fold-in; the item side stays frozen, so users do not influence each
/// other. Ratings of one user with one timestamp are all predicted before any of them is learned.
public struct PrequentialErrors: Sendable, Equatable {
    /// The numbers of ratings known at the prediction by which the errors are kept apart: stage s
    /// reaches from `stages[s]` to below `stages[s + 1]`, the last one without end.
    public static let stages = [0, 1, 3, 10, 30, 100, 300]

    /// The errors of each stage when every earlier rating has been learned.
    public let learned: [PredictionErrors]
    /// The errors for the same ratings when nothing is learned beyond `history`.
    public let frozen: [PredictionErrors]

    /// Goes through `later` from what `history` knows, predictions limited to `scale`.
    ///
    /// Both matrices have the same users and items. A later rating of a known item replaces it.
    /// One fold-in per user and distinct time. Sums run in user and time order (of equal times in
    /// item order), so the result has the same bits at any thread count. Memory: one profile per
    /// thread.
    public init(
        of head: some LinearHead, history: RatingMatrix, later: RatingMatrix, scale: RatingScale,
        threads: Int = 1
    ) {
        let measured = Parallel.map(
            count: later.userCount, chunk: 4, threads: threads
        ) { user -> [(learned: PredictionErrors, frozen: PredictionErrors)] in
            let coming = later.profile(of: UserIndex(user))
            guard !coming.isEmpty else { return [] }
            return Self.errors(
                of: head, known: history.profile(of: UserIndex(user)), coming: coming,
                scale: scale)
        }
        var learned = [PredictionErrors](repeating: .init(), count: Self.stages.count)
        var frozen = learned
        for stages in measured {
            for (stage, errors) in stages.enumerated() {
                learned[stage] = learned[stage] + errors.learned
                frozen[stage] = frozen[stage] + errors.frozen
            }
        }
        self.learned = learned
        self.frozen = frozen
    }

    /// One user's errors by stage.
    private static func errors(
        of head: some LinearHead, known: Profile, coming: Profile, scale: RatingScale
    ) -> [(learned: PredictionErrors, frozen: PredictionErrors)] {
        var stages = stages.map { _ in
            (learned: PredictionErrors(), frozen: PredictionErrors())
        }
        let frozenVector = head.foldIn(known).vector
        let order = coming.timestamps.indices.sorted {
            (coming.timestamps[$0], $0) < (coming.timestamps[$1], $1)
        }
        var known = known
        var next = 0
        while next < order.count {
            let time = coming.timestamps[order[next]]
            let moment = order[next...].prefix { coming.timestamps[$0] == time }
            let vector = head.foldIn(known).vector
            let stage = Self.stages.lastIndex { $0 <= known.count } ?? 0
            for entry in moment {
                let item = ItemIndex(rawValue: coming.items[entry])
                let rating = coming.values[entry]
                stages[stage].learned.add(
                    prediction: scale.clamp(head.score(of: item, for: vector)), rating: rating)
                stages[stage].frozen.add(
                    prediction: scale.clamp(head.score(of: item, for: frozenVector)),
                    rating: rating)
            }
            known = known.joined(coming, entries: moment.sorted())
            next += moment.count
        }
        return stages
    }
}

extension Profile {
    /// These ratings and those at `entries` (ascending) of `other`, which replace ones of the same
    /// item.
    func joined(_ other: Profile, entries: [Int]) -> Profile {
        var (items, values, times): ([Int32], [Float], [Int64]) = ([], [], [])
        items.reserveCapacity(count + entries.count)
        values.reserveCapacity(count + entries.count)
        times.reserveCapacity(count + entries.count)
        func append(_ source: Profile, _ entry: Int) {
            items.append(source.items[entry])
            values.append(source.values[entry])
            times.append(source.timestamps[entry])
        }
        var own = 0
        for entry in entries {
            while own < count, self.items[own] < other.items[entry] {
                append(self, own)
                own += 1
            }
            if own < count, self.items[own] == other.items[entry] { own += 1 }
            append(other, entry)
        }
        while own < count {
            append(self, own)
            own += 1
        }
        return Profile(items: items, values: values, timestamps: times)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// One mitigation at work on one data set's training.
public struct MitigatedTraining: Sendable {
    private let mitigation: TrainingMitigation
    private let attribute: AuditAttribute

    /// Joins a mitigation and the attribute that it names.
    public init(_ mitigation: TrainingMitigation, _ attribute: AuditAttribute) {
        precondition(mitigation.attribute == attribute.name, "a mitigation of another attribute")
        self.mitigation = mitigation
        self.attribute = attribute
    }

    /// Whether two groups have ratings, without which nothing can be mitigated.
    public func isPossible(_ matrix: RatingMatrix) -> Bool {
        GroupWeights(attribute, matrix).present.count >= 2
    }

    /// How groups count while items are learned; deterministic in matrix, seed and strength.
    ///
    /// Only `minimax` takes time: it trains small models on parts of the ratings. `progress` gets 0…1 and
    /// returns false to cancel.
    public func influence(
        _ matrix: RatingMatrix, scale: RatingScale, seed: UInt64, threads: Int,
        progress: (Double) -> Bool
    ) throws(TrainingError) -> GroupInfluence {
        let groups = GroupWeights(attribute, matrix)
        switch mitigation.method {
        case .erase: return .none
        case .reweight:
            let weights = groups.balanced(strength: mitigation.strength)
            return GroupInfluence(weights: groups.ofUsers(weights))
        case .minimax:
            let weights = try MinimaxWeights.learned(
                matrix, groups, scale: scale, strength: mitigation.strength, seed: seed,
                threads: threads, progress: progress)
            return GroupInfluence(weights: groups.ofUsers(weights))
        case .parity:
            return GroupInfluence(
                contrasts: contrasts(matrix), parityStrength: mitigation.strength)
        }
    }

    /// The head with the attribute's trace taken out of its user vectors, where that is the method, and
    /// without neighbours where they would undo it.
    ///
    /// Fitted to all users with ratings whose group is known. O(users · (solve + dimensions²) +
    /// dimensions³).
    public func finished(
        _ head: any ServableHead, _ matrix: RatingMatrix, threads: Int
    ) -> any ServableHead {
        guard mitigation.method != .erase else { return erased(head, matrix, threads) }
        return mitigation.method.keepsNeighbours ? head : head.withoutNeighbours
    }

    private func erased(
        _ head: some ServableHead, _ matrix: RatingMatrix, _ threads: Int
    ) -> any ServableHead {
        let bare = head.withoutNeighbours
        let erasure = Self.erasure(bare, matrix, attribute, mitigation.strength, threads)
        return erasure.map { ErasedHead(bare, $0) } ?? bare
    }

    /// Each group against the others; for two groups one contrast says all.
    private func contrasts(_ matrix: RatingMatrix) -> [GroupContrast] {
        let present = GroupWeights(attribute, matrix).present
        return present.dropLast(present.count == 2 ? 1 : 0).compactMap { group in
            GroupContrast(
                attribute.codes.enumerated().map { user, code in
                    code < 0 || matrix.byUser.range(ofRow: user).isEmpty ? nil : code == group
                })
        }
    }

    private static func erasure(
        _ head: some LinearHead, _ matrix: RatingMatrix, _ attribute: AuditAttribute,
        _ strength: Double, _ threads: Int
    ) -> LinearErasure? {
        let users = (0..<matrix.userCount).filter { user in
            attribute.codes[user] >= 0 && !matrix.byUser.range(ofRow: user).isEmpty
        }
        let vectors = Parallel.map(count: users.count, chunk: 16, threads: threads) { place in
            head.foldIn(matrix.profile(of: UserIndex(users[place]))).vector
        }
        return LinearErasure(
            vectors, groups: users.map { Int(attribute.codes[$0]) },
            groupCount: attribute.groups.count, strength: strength)
    }
}

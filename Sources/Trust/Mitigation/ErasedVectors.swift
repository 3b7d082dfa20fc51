// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// A head whose erasure can be learned anew, for measuring what it leaves.
protocol ErasedVectors {
    /// The vectors of `users` after an erasure that only the `learners` among them taught.
    func withErasureLearned(
        from train: RatingMatrix, users: [UserIndex], learners: [Bool], groups: [Int], threads: Int
    ) -> [[Double]]?
}

extension ErasedHead: ErasedVectors {
    func withErasureLearned(
        from train: RatingMatrix, users: [UserIndex], learners: [Bool], groups: [Int], threads: Int
    ) -> [[Double]]? {
        let solved = Parallel.map(count: users.count, chunk: 16, threads: threads) { place in
            inner.foldIn(train.profile(of: users[place])).vector
        }
        let taught = users.indices.filter { learners[$0] && groups[$0] >= 0 }
        let erasure = LinearErasure(
            taught.map { solved[$0] }, groups: taught.map { groups[$0] },
            groupCount: (groups.max() ?? 0) + 1, strength: erasure.strength)
        return erasure.map { erasure in solved.map { erasure.applied(to: $0).coordinates } }
    }
}

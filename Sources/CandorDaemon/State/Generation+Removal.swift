// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

extension Generation {
    /// The same generation without `user`: data, counts and whatever the heads knew of this user
    /// alone.
    ///
    /// The item side of the heads stays as it was trained, so that everybody else's scores keep their
    /// bits. O(ratings). Traps when there is no such user.
    func removing(_ user: UserIndex) -> Generation {
        let ratingHead = ratingHead.removing(user)
        let rankingHead =
            manifest.training.ranking.headType == nil
            ? ratingHead : rankingHead.removing(user)
        return Generation(
            number: number, data: data.removing(user), ratingHead: ratingHead,
            rankingHead: rankingHead, training: manifest.training,
            journalSequence: manifest.journalSequence, trainingSeconds: manifest.trainingSeconds,
            createdAtSeconds: manifest.createdAtSeconds,
            forgottenCount: manifest.forgottenUserCount + 1, gates: manifest.gates)
    }
}

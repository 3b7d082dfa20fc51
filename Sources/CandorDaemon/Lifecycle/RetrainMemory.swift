// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// How much memory a retrain takes at most beside what serves, told before it trains.
///
/// `TrainingMemory` bounds what trainers allocate; here what a retrain adds to it: the new data, the
/// heads while they are hashed, and, where gates measure, what is held out of both generations and the
/// heads that are trained again. What was let go of counts on, because small pieces of memory often
/// go back to the system late.
struct RetrainMemory: Sendable, Equatable {
    /// Reading takes so many bytes of each rating at most; see `RatingMatrixBuilder`.
    static let readingBytesPerRating = 29

    /// What identifiers, titles, attributes and indexes take of a user and of an item.
    private static let tableBytes = (user: 512, item: 4096)
    /// What a user's parted ratings and measurements take beside the ratings themselves.
    private static let measuredUserBytes = 2048
    /// Stacks of threads, texts, and what the allocator keeps.
    private static let otherBytes = 32 << 20

    /// Training alone.
    let trainingBytes: Int
    /// Training and then measuring for the gates; the same where none measures.
    let measuringBytes: Int

    /// At the worst moment.
    var bytes: Int { max(trainingBytes, measuringBytes) }

    /// What a retrain of `data` with `options` takes where `serving` is what the gates compare with.
    init(
        _ data: GenerationData, serving: Generation, options: TrainingOptions,
        needsMeasuring: Bool, threads: Int
    ) {
        let new = Model(
            data, options.adapted(to: data.matrix.count), threads: threads)
        let kept = new.dataBytes + new.tableBytes + Self.otherBytes
        // Three times the heads while their bytes are put together and hashed.
        trainingBytes = kept + max(new.peakBytes, 3 * new.headBytes)
        guard needsMeasuring else {
            measuringBytes = trainingBytes
            return
        }
        let old = Model(
            serving.data, serving.manifest.training, threads: threads)
        measuringBytes =
            kept + new.headBytes + new.measuredBytes + old.measuredBytes
            + max(new.peakBytes, old.peakBytes)
    }

    /// A generation's models on its data.
    private struct Model {
        let dataBytes: Int
        let tableBytes: Int
        /// While the heads are trained, on all ratings.
        let peakBytes: Int
        /// Both heads.
        let headBytes: Int
        /// What is held out, and the rest, of all ratings, and what is measured on it.
        let measuredBytes: Int

        init(_ data: GenerationData, _ options: TrainingOptions, threads: Int) {
            let (matrix, items) = (data.matrix, data.items)
            // Because attributes that the data lacks end the training before it begins.
            let inputs = try? AttributeInputs(named: options.demographics, of: data.users)
            let size = matrix.size
            dataBytes = (matrix.bytesPerRating + 2) * size.ratings + 24 * (size.users + size.items)
            tableBytes =
                RetrainMemory.tableBytes.user * size.users
                + RetrainMemory.tableBytes.item * size.items
            let rating = options.rating.memory(
                for: size, featureColumns: ItemFeatures(items).columnCount, inputs: inputs ?? .none,
                rating: options.bayesian, baseline: options.ratingBaseline, threads: threads)
            let ranking = options.ranking.memory(
                for: size, ranking: options.implicit, baseline: options.rankingBaseline,
                threads: threads)
            headBytes = rating.headBytes + ranking.headBytes
            peakBytes =
                max(rating.peakBytes, rating.headBytes + ranking.peakBytes)
                + Self.mitigationBytes(options, matrix, rating, ranking, threads: threads)
            // Items, values and times of each rating once more while they are parted.
            measuredBytes =
                dataBytes + 16 * size.ratings + RetrainMemory.measuredUserBytes * size.users
        }

        /// What weighing groups, or erasing what tells them, takes beside training.
        private static func mitigationBytes(
            _ options: TrainingOptions, _ matrix: RatingMatrix, _ rating: TrainingMemory,
            _ ranking: TrainingMemory, threads: Int
        ) -> Int {
            let size = matrix.size
            switch options.mitigation?.method {
            case nil: return 0
            case .reweight, .parity: return 32 * size.users
            case .minimax:
                return 32 * size.users + 2 * matrix.bytesPerRating * size.ratings
                    + BayesianTrainer.memory(
                        for: size, featureColumns: 1, options: .fast, threads: threads
                    ).peakBytes
            case .erase:
                // The vectors of everybody, in four forms at a time.
                return 4 * size.users * max(rating.vectorBytes, ranking.vectorBytes)
            }
        }
    }
}

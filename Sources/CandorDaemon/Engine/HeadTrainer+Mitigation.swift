// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

extension HeadTrainer {
    /// What the options do against differences between groups, before and after training.
    struct Mitigation {
        /// The part of the time that weighing the groups, or erasing what tells them, takes.
        private static let share = 0.3

        private let training: MitigatedTraining?
        /// Where training itself begins and ends on the progress scale.
        private let range: ClosedRange<Double>

        init(
            _ matrix: RatingMatrix, _ users: UserTable, _ options: TrainingOptions
        ) throws(TrainingError) {
            guard let mitigation = options.mitigation else {
                training = nil
                range = 0...1
                return
            }
            func invalid(_ expected: String) -> TrainingError {
                .invalidOption(name: "mitigation attribute", expected: expected)
            }
            guard let attribute = users.attribute(named: mitigation.attribute) else {
                throw invalid("an attribute that the data has")
            }
            let groups: AuditAttribute
            do throws(AttributeRefusal) {
                groups = try AuditAttribute(attribute)
            } catch {
                throw invalid("one with fewer values")
            }
            let training = MitigatedTraining(mitigation, groups)
            guard training.isPossible(matrix) else {
                throw invalid("one with ratings of two groups or more")
            }
            self.training = training
            range =
                switch mitigation.method {
                case .minimax: Self.share...1
                case .erase: 0...(1 - Self.share)
                case .reweight, .parity: 0...1
                }
        }

        /// Training's own progress on the whole's scale.
        func fraction(ofTraining fraction: Double) -> Double {
            range.lowerBound + (range.upperBound - range.lowerBound) * fraction
        }

        /// How groups count while items are learned.
        func influence(
            _ matrix: RatingMatrix, scale: RatingScale, seed: UInt64, threads: Int,
            progress: (Double, String) -> Bool
        ) throws(TrainingError) -> GroupInfluence {
            guard let training else { return .none }
            return try training.influence(
                matrix, scale: scale, seed: seed, threads: threads
            ) { progress(range.lowerBound * $0, "weighing the groups") }
        }

        /// The head as the mitigation leaves it, once what tells the groups is erased where that is asked
        /// for.
        func finished(
            _ head: any ServableHead, _ matrix: RatingMatrix, threads: Int,
            progress: (Double, String) -> Bool
        ) throws(TrainingError) -> any ServableHead {
            guard let training else { return head }
            if range.upperBound < 1 {
                guard progress(range.upperBound, "erasing what tells the groups") else {
                    throw .cancelled
                }
            }
            return training.finished(head, matrix, threads: threads)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A random search whose trials are stopped early by successive halving.
///
/// All trials are trained with a ninth of the model's budget (its sweeps), the best third of them
/// with a third of it, the best third of those with all of it, and the best third of those, the
/// finalists, on further seeds; never fewer than three go on (Jamieson & Talwalkar 2016; the first
/// bracket of Li et al. 2018). Settings that are poor after a
/// few sweeps stay poor on these models, whereas a share of the *data* as budget would favour
/// strong regularization and few factors; and a rule within one training would need models that
/// can be measured half-way. Trial 0, the defaults, is always a finalist, so that every result is
/// a comparison with them on the same splits.
///
/// Everything follows from the data, the seeds and the numbers of trials and seeds; what the journal
/// holds is not measured again.
struct Tuning {
    let space: SearchSpace
    let data: TuningData
    let trialCount: Int
    let seedCount: Int
    /// What the trials are drawn from; split and training of finalist seed s use `seed + s`.
    let seed: Int
    let journal: TrialJournal
    /// Gets each measurement when it is there.
    let progress: (TuningStep) -> Void

    /// Runs or resumes the search.
    func run() throws(TrialJournalError) -> TuningResult {
        var steps: [TuningStep] = []
        var spent = 0.0
        var loaded: (seed: Int, train: RatingMatrix, test: RatingMatrix)?
        let budgets = space.budgets
        var candidates = Array(0...trialCount)
        let expected = expectedSteps(budgets)

        func measure(_ trial: Int, _ budget: Int, _ split: Int) throws(TrialJournalError) {
            var settings = space.settings(trial: trial, seed: UInt64(seed))
            let key = TrialKey(
                words: space.words(settings).joined(separator: " "), budget: budget, split: split)
            let known = journal.measurement(key)
            let measurement: Measurement
            if let known {
                measurement = known
            } else {
                if loaded?.seed != split {
                    let parts = data.parts(space.model, seed: split)
                    loaded = (split, parts.train, parts.test)
                }
                guard let loaded else { preconditionFailure("no parts") }
                settings = space.limited(settings, to: budget)
                settings.seed = UInt64(split)
                let start = ContinuousClock.now
                let score = data.score(settings, train: loaded.train, test: loaded.test)
                measurement = Measurement(score: score, seconds: Seconds.since(start))
                try journal.record(key, measurement)
            }
            spent += measurement.seconds
            let step = TuningStep(
                number: steps.count + 1, expectedCount: expected, trial: trial, budget: budget,
                isFull: budget == budgets.last, split: split, measurement: measurement,
                spentSeconds: spent, isNew: known == nil)
            steps.append(step)
            progress(step)
        }

        for budget in budgets {
            for trial in candidates { try measure(trial, budget, seed) }
            if budget == budgets.last && seedCount == 1 { break }
            candidates = survivors(of: candidates, in: steps, budget)
        }
        for split in seed + 1..<seed + seedCount {
            for trial in candidates { try measure(trial, budgets.last ?? 0, split) }
        }
        return TuningResult(space: space, seed: seed, steps: steps, finalists: candidates)
    }

    /// How many of so many drawn trials go on: a third, but at least three.
    private func survivorCount(_ drawn: Int) -> Int { min(drawn, max(3, (drawn + 2) / 3)) }

    /// The best of the drawn trials, ties by trial, and the defaults; ascending.
    private func survivors(of trials: [Int], in steps: [TuningStep], _ budget: Int) -> [Int] {
        let scores = Dictionary(
            uniqueKeysWithValues: steps.filter { $0.budget == budget && $0.split == seed }
                .map { ($0.trial, $0.measurement.score) })
        let drawn = trials.filter { $0 > 0 }
        let ranked = drawn.sorted { left, right in
            let (a, b) = (scores[left] ?? .nan, scores[right] ?? .nan)
            return a == b || (a.isNaN && b.isNaN)
                ? left < right : TuningResult.isBetter(a, than: b, for: space.model)
        }
        return ([0] + ranked.prefix(survivorCount(drawn.count))).sorted()
    }

    private func expectedSteps(_ budgets: [Int]) -> Int {
        var (drawn, steps) = (trialCount, 0)
        for _ in budgets {
            steps += drawn + 1
            drawn = survivorCount(drawn)
        }
        return steps + (drawn + 1) * (seedCount - 1)
    }
}

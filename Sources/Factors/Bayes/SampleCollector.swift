// SPDX-License-Identifier: GPL-3.0-or-later

/// Gathers the sampler's draws into the samples that are served.
struct SampleCollector {
    private let options: BayesianOptions
    private let threads: Int
    private let drawCount: Int
    private let sampleCount: Int
    private var taken = 0
    private var waiting: [BayesianSample] = []
    private var precisions: (users: [Double], items: [Double])
    private var strayed: [Double]
    private var samples: [BayesianSample] = []
    /// How many samples were made.
    private var made: Int { taken * sampleCount / drawCount }

    init(_ options: BayesianOptions, userCount: Int, itemCount: Int, threads: Int) {
        self.options = options
        self.threads = threads
        drawCount = options.drawCount
        sampleCount = min(options.samples, drawCount)
        precisions = (
            [Double](repeating: 0, count: userCount), [Double](repeating: 0, count: itemCount)
        )
        strayed = [Double](repeating: 0, count: itemCount)
    }

    /// Takes one of the `drawCount` draws.
    mutating func take(_ sampler: GibbsSampler) {
        for (user, precision) in sampler.users.precisions.enumerated() {
            precisions.users[user] += Double(precision)
        }
        for (item, precision) in sampler.items.precisions.enumerated() {
            precisions.items[item] += Double(precision)
        }
        waiting.append(sampler.sample)
        let madeBefore = made
        taken += 1
        guard made > madeBefore else { return }
        if options.isAveraged {
            let average = SampleAverage(waiting, factors: options.factors, threads: threads)
            samples.append(average.sample)
            for item in strayed.indices { strayed[item] += average.strayed[item] }
        } else {
            samples += waiting
        }
        waiting = []
    }

    /// Hands the samples over, so that they are not kept twice once they are changed.
    mutating func takeSamples() -> [BayesianSample] {
        defer { samples = [] }
        return samples
    }

    /// The mean of a_u over the draws.
    var userPrecisions: [Float] { precisions.users.map { Float($0 / Double(taken)) } }

    /// The mean of a_i over the draws, less where the item's vector is uncertain.
    var itemPrecisions: [Float] {
        zip(precisions.items, strayed).map { precision, strayed in
            Float(1 / (Double(taken) / precision + strayed / Double(made)))
        }
    }
}

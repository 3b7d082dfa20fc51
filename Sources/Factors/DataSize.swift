// SPDX-License-Identifier: GPL-3.0-or-later

/// How much data there is, as far as good settings depend on it.
///
/// Settings tuned on MovieLens 1M hold from half a million ratings on. Below, a sampler's chain needs
/// more sweeps to reach its posterior, which little data pays for, and smaller factors and heavier
/// gaps do better (measured on MovieLens 100K, latest-small, and a quarter and a half of 1M).
public struct DataSize: Sendable, Equatable {
    /// From here on settings stay the same.
    public static let plentiful = 500_000

    /// The part of `plentiful` that there is, ¼…1.
    let part: Double
    /// How often as many ratings fit into `plentiful`, at least 1.
    let rounds: Double

    /// Of data with `ratingCount` ratings.
    public init(ratingCount: Int) {
        let ratio = Double(max(ratingCount, 1)) / Double(Self.plentiful)
        part = min(max(ratio, 0.25), 1)
        rounds = max(1 / ratio, 1)
    }
}

extension BayesianOptions {
    /// Sweeps are no more than this because of the size of the data.
    static let adaptedSweepsMax = 200

    /// `best` for data of this size: as many sweeps as take the time of its own on half a million ratings,
    /// 200 at most, and a smaller prior scale for little data.
    public static func best(for size: DataSize) -> BayesianOptions {
        var options = best
        options.sweeps = Int(
            min(Double(best.sweeps) * size.rounds, Double(adaptedSweepsMax)))
        options.priorScale = best.priorScale * size.part.squareRoot()
        return options
    }
}

extension RankingHeadOptions {
    /// The defaults for data of this size: gaps weigh more in little data, and regularization less.
    public static func suiting(_ size: DataSize) -> RankingHeadOptions {
        var options = RankingHeadOptions()
        // The eighth root by square roots, which are the same bits everywhere.
        let root = size.part.squareRoot().squareRoot().squareRoot()
        options.unobservedWeight /= root * root * root
        options.regularization *= root
        return options
    }
}

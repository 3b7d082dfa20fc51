// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import CandorProtocol
import Factors

/// The heads' options as `key=value` words of a command line.
struct TrainingSettings {
    /// The options with all words applied so far.
    private(set) var options = TrainingOptions()

    private static let seed = "seed"

    private static var ratingNumbers: [String: WritableKeyPath<RatingHeadOptions, Double>] {
        [
            "regularization": \.regularization,
            "bias_regularization": \.biasRegularization,
        ]
    }

    private static var rankingNumbers: [String: WritableKeyPath<RankingHeadOptions, Double>] {
        [
            "regularization": \.regularization,
            "unobserved_weight": \.unobservedWeight,
            "activity_exponent": \.activityExponent,
        ]
    }

    private static var ratingCounts: [String: WritableKeyPath<RatingHeadOptions, Int>] {
        ["factors": \.factors, "sweeps": \.sweeps]
    }

    private static var rankingCounts: [String: WritableKeyPath<RankingHeadOptions, Int>] {
        ["factors": \.factors, "sweeps": \.sweeps]
    }

    /// The keys that a head takes, sorted.
    static func names(_ head: HeadName) -> [String] {
        let keys: [String] =
            switch head {
            case .rating: Array(ratingCounts.keys) + Array(ratingNumbers.keys)
            case .ranking: Array(rankingCounts.keys) + Array(rankingNumbers.keys)
            }
        return (keys + [seed]).sorted()
    }

    /// Applies one word to the options of `head`.
    mutating func apply(_ word: String, to head: HeadName) throws {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("--options takes key=value words; '\(word)' is none")
        }
        let (key, value) = (parts[0], parts[1])
        if key == Self.seed {
            let seed = UInt64(try Self.count(key, value, atLeast: 0))
            options.rating.seed = seed
            options.ranking.seed = seed
        } else {
            switch head {
            case .rating:
                try Self.set(
                    key, value, in: &options.rating, counts: Self.ratingCounts,
                    numbers: Self.ratingNumbers, head)
            case .ranking:
                try Self.set(
                    key, value, in: &options.ranking, counts: Self.rankingCounts,
                    numbers: Self.rankingNumbers, head)
            }
        }
    }

    private static func set<Options>(
        _ key: String, _ value: String, in options: inout Options,
        counts: [String: WritableKeyPath<Options, Int>],
        numbers: [String: WritableKeyPath<Options, Double>], _ head: HeadName
    ) throws {
        if let path = counts[key] {
            options[keyPath: path] = try count(key, value, atLeast: 1)
        } else if let path = numbers[key] {
            guard let number = Double(value), number.isFinite, number >= 0 else {
                throw ValidationError("\(key) takes a number of at least 0, not '\(value)'")
            }
            options[keyPath: path] = number
        } else {
            let names = names(head).joined(separator: ", ")
            throw ValidationError(
                "the \(head.rawValue) head has no option '\(key)'; it has \(names)")
        }
    }

    private static func count(_ key: String, _ value: String, atLeast minimum: Int) throws -> Int {
        guard let number = Int(value), number >= minimum else {
            throw ValidationError(
                "\(key) takes a whole number of at least \(minimum), not '\(value)'")
        }
        return number
    }
}

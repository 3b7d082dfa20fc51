// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorProtocol
import Factors

/// A model of either head, as a command line names it.
enum ModelName: Equatable {
    case rating(RatingModelName)
    case ranking(RankingModelName)

    /// The model called `name` that can stand for `head`; nil is the head's own model.
    init(_ name: String?, of head: HeadName) throws {
        switch head {
        case .rating:
            self = .rating(try Self.named(name ?? RatingModelName.bayes.rawValue, head))
        case .ranking:
            self = .ranking(try Self.named(name ?? RankingModelName.ials.rawValue, head))
        }
    }

    /// Which head it stands for.
    var head: HeadName {
        switch self {
        case .rating: .rating
        case .ranking: .ranking
        }
    }

    /// The name that commands take.
    var rawValue: String {
        switch self {
        case .rating(let name): name.rawValue
        case .ranking(let name): name.rawValue
        }
    }

    /// All names for one head.
    static func names(_ head: HeadName) -> [String] {
        switch head {
        case .rating: RatingModelName.allCases.map(\.rawValue)
        case .ranking: RankingModelName.allCases.map(\.rawValue)
        }
    }

    private static func named<Name: RawRepresentable>(
        _ name: String, _ head: HeadName
    ) throws -> Name where Name.RawValue == String {
        guard let found = Name(rawValue: name) else {
            throw ValidationError(
                "the \(head.rawValue) head has no model '\(name)'; it has "
                    + names(head).joined(separator: ", "))
        }
        return found
    }
}

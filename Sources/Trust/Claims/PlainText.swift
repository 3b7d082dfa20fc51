// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A fact sheet in plain English: sentences made by templates, with no fact beside the sheet's.
///
/// Every sentence is one that `ClaimChecker` marks as supported (tested on real data).
public struct PlainText: Sendable, Equatable {
    /// The sentences, in the order to read them.
    public let sentences: [String]

    /// How many ratings are named as the largest shares.
    private static let namedMax = 3

    /// Renders `sheet`.
    public init(_ sheet: FactSheet) {
        let text = Template(sheet: sheet)
        sentences =
            text.item + text.ranking + text.prediction + text.score + text.coverage
            + text.largest + text.rest + text.meaning
    }

    /// The templates, each of which makes the sentences of one subject.
    private struct Template {
        let sheet: FactSheet

        var item: [String] {
            let name = sheet.item.title.map { Self.quoted($0) } ?? "This item"
            var sentences: [String] = []
            if let year = sheet.item.year, sheet.item.title?.contains("\(year)") != true {
                sentences.append("\(name) is from \(year).")
            }
            let genres = sheet.item.genres
            if !genres.isEmpty {
                let list = Self.list(genres)
                sentences.append(
                    genres.count == 1
                        ? "The genre of \(sheet.item.title == nil ? "this item" : name) is \(list)."
                        : "The genres of \(sheet.item.title == nil ? "this item" : name) are \(list)."
                )
            }
            guard let mean = sheet.item.mean else {
                return sentences + ["Nobody has rated it."]
            }
            let count = sheet.item.ratingCount
            sentences.append(
                count == 1
                    ? "One user has rated it, with \(stars(mean))."
                    : "\(FixedDecimal.grouped(count)) users have rated it, \(stars(mean)) on average."
            )
            return sentences
        }

        var ranking: [String] {
            let count = sheet.ranking.candidateCount
            guard let rank = sheet.ranking.rank else {
                let own = sheet.rating.own.map { stars(Double($0)) } ?? ""
                return ["You have rated it with \(own), so it is not recommended again."]
            }
            let of =
                "\(FixedDecimal.grouped(count)) "
                + (count == 1 ? "title" : "titles") + " that you have not rated"
            let place = "it ranks \(FixedDecimal.ordinal(rank)) of the \(of)"
            return sheet.ranking.isRecommended
                ? ["It is recommended to you: \(place)."]
                : [
                    "It is not among the \(FactSheet.RankingFacts.listLength) titles recommended "
                        + "to you: \(place)."
                ]
        }

        var prediction: [String] {
            var sentences: [String] = []
            if sheet.user.ratingCount == 0 {
                sentences += [
                    sheet.rating.attributes.isEmpty
                        ? "You have no ratings yet, so this is what is expected of anybody."
                        : "You have no ratings yet."
                ]
            }
            let scale = sheet.scale.maximum == 5 ? " out of 5" : ""
            sentences.append(
                "You would give it \(number(sheet.rating.stars)) \(unit(sheet.rating.stars))\(scale)."
            )
            if !sheet.rating.attributes.isEmpty {
                sentences.append("Attributes of yours are inputs of the predicted rating.")
            }
            if let uncertainty = sheet.rating.uncertainty {
                sentences.append(
                    "Four of five such ratings are expected from \(number(uncertainty.low)) to "
                        + "\(number(uncertainty.high)) \(sheet.starUnit).")
            }
            return sentences
        }

        var score: [String] {
            let facts = sheet.explanation
            guard !facts.contributions.isEmpty else { return [] }
            let ratings = sheet.user.ratingCount
            let score = FixedDecimal.text(facts.score, digits: 2)
            switch facts.head {
            case .ranking where facts.base == 0:
                return [
                    ratings == 1
                        ? "Its ranking score of \(score) comes from your one rating."
                        : "Its ranking score of \(score) is the sum of the shares of your "
                            + "\(FixedDecimal.grouped(ratings)) ratings."
                ]
            case .ranking: return []
            case .rating where !facts.attributes.isEmpty: return []
            case .rating:
                let base = FixedDecimal.text(facts.base, digits: 2)
                let shares =
                    ratings == 1
                    ? "the share of your one rating"
                    : "the shares of your \(FixedDecimal.grouped(ratings)) ratings"
                return [
                    "Its predicted score of \(score) is \(base), which holds for everyone, plus "
                        + "\(shares)."
                ]
            }
        }

        var coverage: [String] {
            let facts = sheet.explanation
            var sentences: [String] = []
            if facts.abstains { sentences.append("No short explanation is honest here.") }
            if facts.contributions.count > 5 {
                let percent = FixedDecimal.text(100 * facts.topFiveCoverage, digits: 0)
                let only = facts.abstains ? "only " : ""
                sentences.append("The five largest shares cover \(only)\(percent)% of all shares.")
            }
            return sentences
        }

        /// The largest shares, as far as they have titles.
        private var named: [ExplanationFacts.Contribution] {
            let first = sheet.explanation.contributions.prefix(PlainText.namedMax)
            return first.allSatisfy { $0.title != nil && $0.share != 0 } ? Array(first) : []
        }

        var largest: [String] {
            let facts = sheet.explanation
            guard !named.isEmpty, facts.contributions.count > 1 else { return [] }
            let parts = named.map { contribution in
                let percent = FixedDecimal.text(
                    facts.percent(of: contribution.share), digits: 0)
                return Self.quoted(contribution.title ?? "")
                    + " (\(stars(Double(contribution.rating))), \(percent)%)"
            }
            var sentences: [String] = []
            let areRaising = named.allSatisfy { $0.share > 0 }
            if areRaising {
                sentences.append(
                    "The \(named.count == 2 ? "two" : "three") largest shares come from your "
                        + "ratings of \(Self.list(parts)).")
            }
            let lowest = facts.contributions.min { $0.share < $1.share }
            if let lowest, lowest.share <= -0.005, let title = lowest.title {
                sentences.append(
                    "Your rating of \(Self.quoted(title)) (\(stars(Double(lowest.rating)))) lowers "
                        + "the score most, by \(FixedDecimal.text(-lowest.share, digits: 2)).")
            }
            return sentences
        }

        var rest: [String] {
            let facts = sheet.explanation
            let count = facts.contributions.count - named.count
            guard count > 0, !named.isEmpty, named.allSatisfy({ $0.share > 0 }) else { return [] }
            let sum = facts.sum(after: named.count)
            guard abs(sum) >= 0.005 else { return [] }
            let amount = FixedDecimal.text(abs(sum), digits: 2)
            if count == 1 {
                return ["The other rating \(sum > 0 ? "adds" : "takes away") \(amount)."]
            }
            return [
                "The other \(FixedDecimal.grouped(count)) ratings "
                    + "\(sum > 0 ? "add" : "take away") \(amount) together."
            ]
        }

        var meaning: [String] {
            guard !sheet.explanation.contributions.isEmpty else { return [] }
            return [
                "A share is what one rating adds to the score; it is not what the score would lose "
                    + "without that rating."
            ]
        }

        // MARK: Words

        private func number(_ value: Double) -> String { FixedDecimal.text(value, digits: 1) }

        private func unit(_ value: Double) -> String {
            number(value) == "1" ? String(sheet.starUnit.dropLast()) : sheet.starUnit
        }

        private func stars(_ value: Double) -> String { "\(number(value)) \(unit(value))" }

        /// A title as one says it, between quotation marks; nothing in it can end a line.
        private static func quoted(_ title: String) -> String {
            var text = ""
            for scalar in TitleForms.natural(title).unicodeScalars {
                let isControl = scalar.properties.generalCategory == .control
                text.unicodeScalars.append(isControl ? " " : scalar)
            }
            return "“\(text)”"
        }

        private static func list(_ parts: [String]) -> String {
            guard parts.count > 1 else { return parts.joined() }
            return parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
public import Ratings

/// The two directions in which the items' genres and years vary most.
///
/// Principal components of the covariance matrix (Pearson 1901; Jolliffe 2002, §2.3): each genre
/// counts as 0 or 1, so that frequent genres weigh more than rare ones, and the year is brought to the
/// deviation of a genre that half of the items have, 1/2. Items without a genre are left out; a
/// missing year counts as the mean.
public struct ContentComponents: Sendable {
    /// One feature and how it lies along both directions.
    public struct Feature: Sendable, Equatable {
        /// The genre, or `year`.
        public let name: String
        /// Its weight in the first and in the second direction.
        public let weights: [Double]
        /// Where the items that have the genre lie in the mean; nil for the year.
        public let centre: [Double]?
    }

    /// The items that were looked at.
    public let items: [ItemIndex]
    /// Where each item lies along both directions.
    public let places: [(x: Double, y: Double)]
    /// The features, genres by name first and then the year if any is known.
    public let features: [Feature]
    /// The part of all variance along each direction, 0…1.
    public let explained: [Double]

    /// Computes the directions, in O(items · features² + features³).
    ///
    /// Each is turned so that its largest weight is positive. Nil where there are fewer than three
    /// items with genres or two features that vary.
    public init?(_ catalogue: Catalogue) {
        let items = catalogue.items.indices.filter { !catalogue.items[$0].genres.isEmpty }
        let names = Set(items.flatMap { catalogue.items[$0].genres }).sorted()
        let years = items.map { catalogue.items[$0].year }
        var columns = names.map { name in
            items.map { catalogue.items[$0].genres.contains(name) ? 1.0 : 0.0 }
        }
        let known = years.compactMap { $0 }
        if let earliest = known.min(), let latest = known.max(), earliest < latest {
            let mean = Double(known.reduce(0, +)) / Double(known.count)
            columns.append(years.map { $0.map(Double.init) ?? mean })
        }
        let hasYear = columns.count > names.count
        let centred = columns.enumerated().map { place, column in
            Self.centred(column, deviation: place < names.count ? nil : 0.5)
        }
        let order = columns.count
        guard items.count >= 3, order >= 2 else { return nil }
        var covariance = [Double](repeating: 0, count: order * order)
        for row in 0..<order {
            for column in row..<order {
                let sum = zip(centred[row], centred[column]).reduce(0.0) { $0 + $1.0 * $1.1 }
                covariance[row * order + column] = sum / Double(items.count)
                covariance[column * order + row] = sum / Double(items.count)
            }
        }
        let eigen = SymmetricEigen(covariance, order: order)
        let trace = eigen.values.reduce(0, +)
        guard trace > 0 else { return nil }
        let weights = (0..<2).map { direction in
            Self.turned((0..<order).map { eigen.vectors[$0 * order + direction] })
        }
        let scores = weights.map { direction in
            items.indices.map { item in
                (0..<order).reduce(0.0) { $0 + direction[$1] * centred[$1][item] }
            }
        }
        self.items = items.map { ItemIndex($0) }
        places = items.indices.map { (scores[0][$0], scores[1][$0]) }
        explained = [eigen.values[0] / trace, eigen.values[1] / trace]
        features = (names + (hasYear ? ["year"] : [])).enumerated().map { feature, name in
            let own = items.indices.filter { feature < names.count && columns[feature][$0] > 0 }
            return Feature(
                name: name, weights: weights.map { $0[feature] },
                centre: feature < names.count
                    ? scores.map { score in
                        own.reduce(0.0) { $0 + score[$1] } / Double(own.count)
                    } : nil)
        }
    }

    /// The column with mean 0 and, where one is given and the column varies, that deviation.
    private static func centred(_ column: [Double], deviation: Double?) -> [Double] {
        let mean = column.reduce(0, +) / Double(column.count)
        let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
        let factor = variance > 0 ? deviation.map { $0 / variance.squareRoot() } ?? 1 : 0
        return column.map { ($0 - mean) * factor }
    }

    private static func turned(_ weights: [Double]) -> [Double] {
        let largest = weights.max { $0.magnitude < $1.magnitude } ?? 1
        return largest < 0 ? weights.map { -$0 } : weights
    }
}

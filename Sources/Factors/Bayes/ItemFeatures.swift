// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// What is known of items besides their ratings, as numbers: what speaks for an item nobody has rated.
///
/// Columns: 1; each genre's indicator over the root of the item's number of genres; eight triangular
/// bases over the years of the catalogue, all zero where the year is unknown.
public struct ItemFeatures: Sendable {
    private static let yearBases = 8

    /// The number of items.
    let itemCount: Int
    /// The number of columns.
    public let columnCount: Int
    /// items × columns, row-major.
    let values: [Double]

    /// The features of a catalogue, in O(items · genres).
    public init(_ items: Catalogue) {
        var genres: [String: Int] = [:]
        for item in items.items {
            for genre in item.genres where genres[genre] == nil { genres[genre] = genres.count }
        }
        let years = items.items.compactMap(\.year)
        let (first, last) = (Double(years.min() ?? 0), Double(years.max() ?? 0))
        let columns = 1 + genres.count + Self.yearBases
        var values = [Double](repeating: 0, count: items.count * columns)
        for (row, item) in items.items.enumerated() {
            let start = row * columns
            values[start] = 1
            for genre in item.genres {
                // Non-nil because every genre was numbered above.
                guard let place = genres[genre] else { continue }
                values[start + 1 + place] = 1 / Double(item.genres.count).squareRoot()
            }
            guard let year = item.year, last > first else { continue }
            let place = (Double(year) - first) / (last - first) * Double(Self.yearBases - 1)
            for base in 0..<Self.yearBases {
                values[start + 1 + genres.count + base] = max(0, 1 - abs(place - Double(base)))
            }
        }
        itemCount = items.count
        columnCount = columns
        self.values = values
    }

    /// Nothing but the constant column.
    init(itemCount: Int) {
        self.itemCount = itemCount
        columnCount = 1
        values = [Double](repeating: 1, count: itemCount)
    }

    /// The same with one more column.
    func adding(_ column: [Double]) -> ItemFeatures {
        precondition(column.count == itemCount, "one number per item")
        var values: [Double] = []
        values.reserveCapacity(itemCount * (columnCount + 1))
        for row in 0..<itemCount {
            values += self.values[row * columnCount..<(row + 1) * columnCount]
            values.append(column[row])
        }
        return ItemFeatures(
            itemCount: itemCount, columnCount: columnCount + 1, values: values)
    }

    private init(itemCount: Int, columnCount: Int, values: [Double]) {
        self.itemCount = itemCount
        self.columnCount = columnCount
        self.values = values
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// How unlike two items are in the eyes of a model: 1 − the cosine of their vectors, 0…2.
struct ItemDistance {
    private let units: [[Double]]

    /// Scales the vectors of all items to length 1; those without one stay 0.
    init(_ head: some LinearHead) {
        units = (0..<head.itemCount).map { position in
            var vector = [Double](repeating: 0, count: head.dimensions)
            head.design(of: ItemIndex(position), into: &vector)
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? vector.map { $0 / length } : vector
        }
    }

    func callAsFunction(_ first: ItemIndex, _ second: ItemIndex) -> Double {
        1 - zip(units[first.position], units[second.position]).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// One group of users against the others: Σ c_u x_u is the difference of their means.
public struct GroupContrast: Sendable, Equatable {
    /// c_u of each user: 1/n inside, −1/m outside, 0 for users of neither.
    public let coefficients: [Double]

    /// Contrasts the users for whom `isMember` is true with those for whom it is false.
    ///
    /// A nil there stands for a user of neither. Nil unless both sides have somebody.
    public init?(_ isMember: [Bool?]) {
        let inside = isMember.count { $0 == true }
        let outside = isMember.count { $0 == false }
        guard inside > 0, outside > 0 else { return nil }
        coefficients = isMember.map { member in
            switch member {
            case true: 1 / Double(inside)
            case false: -1 / Double(outside)
            case nil: 0
            }
        }
    }

    /// Σ c_u x_u over the users, in their order; `row` gives x_u and has `width` numbers.
    func difference(width: Int, row: (_ user: Int) -> UnsafePointer<Float>) -> [Double] {
        var sum = [Double](repeating: 0, count: width)
        for (user, coefficient) in coefficients.enumerated() where coefficient != 0 {
            let vector = row(user)
            for d in 0..<width { sum[d] += coefficient * Double(vector[d]) }
        }
        return sum
    }
}

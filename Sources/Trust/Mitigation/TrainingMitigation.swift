// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
import Glibc

/// What is done in training against differences between the groups of a user attribute.
///
/// None of the methods makes the attribute an input of a score: `reweight`, `minimax` and `parity` need
/// the groups for the items' equations while they train, `erase` for fitting one map that is then applied
/// to everybody.
public struct TrainingMitigation: Sendable, Equatable, Codable {
    /// The ways to mitigate, by the names that commands take.
    public enum Method: String, Sendable, Codable, CaseIterable {
        /// Ratings of small groups weigh more: by (1 / part of the ratings)^strength.
        case reweight
        /// Groups weigh by how badly held-out ratings of theirs are predicted, in rounds.
        case minimax
        /// The items' factors are kept from telling the groups' mean users apart.
        case parity
        /// User vectors lose the linear trace of the attribute (`LinearErasure`).
        case erase

        /// The strengths that make sense; 0 is plain training.
        public var strengths: ClosedRange<Double> {
            switch self {
            case .reweight: 0...4
            case .minimax: 0...20
            case .parity: 0...1e9
            case .erase: 0...1
            }
        }

        /// Whether items of the rating head keep their neighbours (`ItemNeighbours`): what these add
        /// comes of ratings, past vectors and factors that were kept from telling groups apart.
        public var keepsNeighbours: Bool { self == .reweight || self == .minimax }

        /// The strength where none is given.
        public var defaultStrength: Double {
            switch self {
            case .reweight, .erase: 1
            case .minimax: 3
            case .parity: 1000
            }
        }

        /// Strengths from none to far, for a sweep of `count` points, at least 2.
        public func sweep(_ count: Int) -> [Double] {
            let steps = (0..<count).map { Double($0) / Double(count - 1) }
            return switch self {
            case .reweight: steps.map { 2 * $0 }
            case .minimax: steps.map { 8 * $0 }
            case .erase: steps
            // From 10 to 1,000,000 in equal steps of the logarithm, after none.
            case .parity:
                [0]
                    + (0..<count - 1).map {
                        pow(10, 1 + 5 * Double($0) / Double(max(count - 2, 1)))
                    }
            }
        }
    }

    /// How.
    public let method: Method
    /// The attribute's name.
    public let attribute: String
    /// How much; what it means is the method's.
    public let strength: Double

    /// The rating head's options beside the mitigation: without neighbours where it does not keep them.
    public func applied(to options: BayesianOptions) -> BayesianOptions {
        var options = options
        if !method.keepsNeighbours { options.neighbours = 0 }
        return options
    }

    /// Puts a mitigation together; traps when the strength is none of the method's.
    public init(_ method: Method, attribute: String, strength: Double) {
        precondition(method.strengths.contains(strength), "a strength of another method")
        self.method = method
        self.attribute = attribute
        self.strength = strength
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How far taking each rating out moves a user's vector.
///
/// With x of all ratings, weighed as if there were `count` fewer, and x_a the same without rating a,
/// s_a = x − x_a is a's *step*. For one rating less x_a is the user's vector without it.
public struct RemovalSteps {
    /// x.
    public let base: UserVector
    /// s_a of each rating, in the form of a vector.
    public let steps: [UserVector]
    /// |s_a|: Euclidean; infinite where the closed form would lose digits.
    public let norms: [Double]
    /// What bounds a rating's part in what two do together, by rating and block.
    let effects: [Effect]

    /// One rating in one block, on the scale of √w z.
    struct Effect {
        /// w z·A⁻¹z.
        let leverage: Double
        let leverageRoot: Double
        /// √w (z·y − t), y without the rating's own pull.
        let residual: Double
        /// ℓ √(pull·A⁻¹ pull).
        let pull: Double
        /// √w |A⁻¹z|, in units of scores.
        let reach: Double
    }

    init<System: CounterfactualSystem>(
        _ system: System, _ base: CounterfactualBase, _ parts: [RatingDirection],
        without count: Int
    ) {
        let unit = system.unit(without: count)
        let padding = [Double](
            repeating: 0, count: base.vector.padded.count - base.solution.count)
        var effects: [Effect] = []
        effects.reserveCapacity(parts.count * system.blockCount)
        var (steps, norms): ([UserVector], [Double]) = ([], [])
        for part in parts {
            var step = [Double](repeating: 0, count: base.solution.count)
            var isExact = true
            for block in 0..<system.blockCount {
                let range = block * system.width..<(block + 1) * system.width
                let effect = Self.effect(part, base, block, range, unit: unit, step: &step)
                if 1 - effect.leverage <= RemovalCore.pivotMin {
                    isExact = false
                }
                effects.append(effect)
            }
            var square = 0.0
            for d in step.indices {
                step[d] *= unit
                square += step[d] * step[d]
            }
            steps.append(
                UserVector(dimensions: base.vector.dimensions, padded: step + padding))
            norms.append(isExact ? square.squareRoot() : .infinity)
        }
        self.base = base.vector
        self.steps = steps
        self.norms = norms
        self.effects = effects
    }

    /// One block of a rating's step, not yet in units of scores, and what it comes of.
    private static func effect(
        _ part: RatingDirection, _ base: CounterfactualBase, _ block: Int, _ range: Range<Int>,
        unit: Double, step: inout [Double]
    ) -> Effect {
        let root = part.roots[block]
        var (leverage, fitted, length, energy) = (0.0, 0.0, 0.0, 0.0)
        for d in range {
            leverage += part.design[d] * part.solved[d]
            fitted += part.design[d] * base.solution[d]
            length += part.solved[d] * part.solved[d]
        }
        leverage *= root * root
        if !part.pulled.isEmpty {
            for d in range {
                fitted -= base.linkScale * part.design[d] * part.pulled[d]
                energy += part.pulled[d] * part.pull[d]
                step[d] = base.linkScale * part.pulled[d]
            }
        }
        let residual = root * (fitted - part.targets[block])
        let move = root * residual / (1 - leverage)
        for d in range { step[d] -= move * part.solved[d] }
        return Effect(
            leverage: leverage, leverageRoot: max(leverage, 0).squareRoot(), residual: residual,
            pull: base.linkScale * max(energy, 0).squareRoot(),
            reach: root * unit * length.squareRoot())
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What taking two of a user's ratings out at a time does, in parts that can be bounded.
///
/// With `steps` as for two ratings less, the vector without a and b is x − s_a − s_b − r_ab, where r_ab
/// is what the two do only together. A search need look at few pairs, because |r_ab| is known to be
/// small.
public struct PairRemovals {
    /// x and s_a.
    public let steps: RemovalSteps
    private let parts: [RatingDirection]
    private let blockCount: Int
    private let width: Int
    private let linkScale: Double
    private let bounds: TogetherBounds
    private let exact: (Int, Int) -> UserVector?

    init<System: CounterfactualSystem>(
        _ system: System, _ base: CounterfactualBase, _ parts: [RatingDirection]
    ) {
        let steps = RemovalSteps(system, base, parts, without: 2)
        self.steps = steps
        bounds = TogetherBounds(steps.effects, blockCount: system.blockCount)
        self.parts = parts
        blockCount = system.blockCount
        width = system.width
        linkScale = base.linkScale
        exact = { a, b in
            ClosedFormCounterfactuals<System>.solution(
                base, without: [parts[a], parts[b]], in: system
            )
            .map { system.vector($0, without: [min(a, b), max(a, b)]) }
        }
    }

    /// Calls `body` for each rating with the bounds of it with all later ones, the first of them first:
    /// as `togetherBound` says, but for rounding.
    ///
    /// O(ratings² · blocks), many pairs at a time.
    public func forEachRow(_ body: (_ a: Int, _ bounds: ArraySlice<Double>) -> Void) {
        var row = [Double](repeating: 0, count: bounds.stride)
        for a in parts.indices {
            bounds.write(of: a, to: &row)
            body(a, row[(a + 1)..<max(parts.count, a + 1)])
        }
    }

    /// A bound on |r_ab| from the two ratings' leverages alone: O(blocks), infinite where they are
    /// too large to tell.
    public func togetherBound(_ a: Int, _ b: Int) -> Double {
        steps.effects.withUnsafeBufferPointer { effects in
            var square = 0.0
            for block in 0..<blockCount {
                let first = effects[a * blockCount + block]
                let second = effects[b * blockCount + block]
                let (ha, hb) = (first.leverage, second.leverage)
                let determinant = 1 - ha - hb
                guard determinant > 0 else { return .infinity }
                let common = first.leverageRoot * second.leverageRoot
                let (ea, eb) = (first.residual.magnitude, second.residual.magnitude)
                let (pa, pb) = (first.leverageRoot * second.pull, second.leverageRoot * first.pull)
                let moveA =
                    ea * common * common / (1 - ha) + common * eb + (1 - hb) * pa + common * pb
                let moveB =
                    eb * common * common / (1 - hb) + common * ea + (1 - ha) * pb + common * pa
                let reach = (first.reach * moveA + second.reach * moveB) / determinant
                square += reach * reach
            }
            return square.squareRoot()
        }
    }

    /// |r_ab| up to the angle of the two ratings' directions: O(dimensions).
    public func togetherNorm(_ a: Int, _ b: Int) -> Double {
        var square = 0.0
        for block in 0..<blockCount {
            let first = steps.effects[a * blockCount + block]
            let second = steps.effects[b * blockCount + block]
            let (ha, hb) = (first.leverage, second.leverage)
            let (wa, wb) = (parts[a].roots[block], parts[b].roots[block])
            let common = wa * wb * parts[a].product(block, width, with: parts[b].solved)
            var (pa, pb) = (0.0, 0.0)
            if !parts[a].pulled.isEmpty {
                pa = linkScale * wa * parts[a].product(block, width, with: parts[b].pulled)
                pb = linkScale * wb * parts[b].product(block, width, with: parts[a].pulled)
            }
            let determinant = (1 - ha) * (1 - hb) - common * common
            guard determinant > 0 else { return .infinity }
            let (ea, eb) = (first.residual, second.residual)
            let moveA =
                ea * common * common / (1 - ha) + common * eb - (1 - hb) * pa - common * pb
            let moveB =
                eb * common * common / (1 - hb) + common * ea - (1 - ha) * pb - common * pa
            let reach =
                (first.reach * moveA.magnitude + second.reach * moveB.magnitude) / determinant
            square += reach * reach
        }
        return square.squareRoot()
    }

    /// The user's vector without ratings `a` and `b`; nil where the closed form would lose digits.
    public func vector(without a: Int, _ b: Int) -> UserVector? { exact(a, b) }
}

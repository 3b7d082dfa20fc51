// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// The items that taking ratings out may bring above the target, and what each rating does to them.
///
/// All in bounds: what is not said to rise does not, whatever rounding did.
struct FlipRivals {
    /// How many of them must rise for the target to leave.
    let needed: Int
    /// How many are near enough.
    let count: Int
    /// The largest distance of a rival's design from the target's.
    let distanceMax: Double
    /// By how much the target leads each, rounded down; and its distance, rounded up.
    private let gaps: [Float]
    private let distances: [Float]
    /// For each rating, what it takes from the target's lead over each rival.
    private let moves: [Float]
    private let stride: Int
    /// For each rating how far its moves can be off.
    private let errors: [Float]

    /// Looks at those that steps together as long as `reach` can bring up.
    ///
    /// `companions` is how far other ratings taken out at the same time move the vector at most. Ratings
    /// whose step has no end move nothing here; the caller looks at them apart.
    init(
        _ search: FlipSearch<some LinearHead>, _ steps: RemovalSteps, reach: Double,
        companions: Double
    ) {
        let (designs, target) = (search.head.designs, search.target)
        let personal = PersonalDesigns(designs, search.profile)
        let own = OwnParts(personal, steps, companions: companions)
        let lead = designs.score(of: target, for: steps.base)
        let all = personal.distances(from: target)
        let most = own.most(of: target)
        var excluded = search.profile.items[...]
        var (near, ahead): ([ItemIndex], Int) = ([], 0)
        var (gaps, distances): ([Float], [Float]) = ([], [])
        for position in 0..<designs.itemCount {
            let item = ItemIndex(position)
            if excluded.first == item.rawValue {
                excluded.removeFirst()
                continue
            }
            guard item != target else { continue }
            let gap = lead - designs.score(of: item, for: steps.base)
            if gap < 0 { ahead += 1 }
            let moved = all[position] * reach + most + own.most(of: item)
            guard gap >= 0, gap <= moved + Flip.slack else { continue }
            near.append(item)
            gaps.append(Float(gap - 2 * Flip.slack).nextDown)
            distances.append(Float(all[position]).nextUp)
        }
        needed = max(search.count - ahead, 0)
        count = near.count
        distanceMax = Double(distances.max() ?? 0)
        self.gaps = gaps
        self.distances = distances
        let bounded = zip(steps.steps, steps.norms).map { $1.isFinite ? $0 : nil }
        var products = personal.approximateProducts(
            of: near, with: bounded.map { $0 ?? steps.base })
        stride = products.stride
        let productErrors = products.errors
        var moves: [Float] = []
        // Moved and not copied: of many ratings it is large.
        swap(&moves, &products.values)
        var errors: [Float] = []
        for (rating, step) in bounded.enumerated() {
            let targets = step.map { personal.product(of: target, with: $0) } ?? 0
            let row = rating * products.stride
            for place in row..<row + near.count {
                moves[place] = step == nil ? 0 : Float(targets - Double(moves[place]))
            }
            // Twice, for what is rounded after the product.
            errors.append(step == nil ? 0 : Float(2 * productErrors[rating]).nextUp)
        }
        own.add(near, against: target, stride: stride, to: &moves)
        self.moves = moves
        self.errors = errors
    }

    /// What a rating that is taken out does beside moving the vector: it no longer enters the scores
    /// whose items it is of a neighbour of.
    private struct OwnParts {
        private let personal: PersonalDesigns
        /// What each rating is above the model's score without it; not finite where digits were lost.
        private let residuals: [Double]
        /// How far that can be off when another rating is taken out, too.
        private let slacks: [Double]

        init(_ personal: PersonalDesigns, _ steps: RemovalSteps, companions: Double) {
            self.personal = personal
            residuals = zip(personal.residuals(steps), steps.norms).map {
                $1.isFinite ? $0 : .infinity
            }
            slacks = residuals.isEmpty ? [] : personal.norms.map { $0 * companions }
        }

        /// How much of the score of `item` two ratings' own parts can be.
        func most(of item: ItemIndex) -> Double {
            neighbours(of: item).reduce(0) {
                max($0, 2 * abs($1.weight) * (abs(residuals[$1.position]) + slacks[$1.position]))
            }
        }

        /// Adds to each rating's moves what its own part in the target's score and the rivals' takes from
        /// the target's leads, rounded up.
        func add(
            _ rivals: [ItemIndex], against target: ItemIndex, stride: Int,
            to moves: inout [Float]
        ) {
            // More than what is lost where these are added up in single precision.
            func add(_ amount: Double, _ place: Int) {
                let rounded = Double(moves[place]) + amount + 1e-6 * abs(amount)
                moves[place] = Float(rounded).nextUp
            }
            for (rating, weight) in neighbours(of: target) {
                let amount = weight * residuals[rating] + abs(weight) * slacks[rating]
                for rival in rivals.indices { add(amount, rating * stride + rival) }
            }
            for (rival, item) in rivals.enumerated() {
                for (rating, weight) in neighbours(of: item) {
                    add(
                        abs(weight) * slacks[rating] - weight * residuals[rating],
                        rating * stride + rival)
                }
            }
        }

        /// Those whose ratings are not looked at apart.
        private func neighbours(of item: ItemIndex) -> [(position: Int, weight: Double)] {
            residuals.isEmpty
                ? [] : personal.neighbours(of: item).filter { residuals[$0.position].isFinite }
        }
    }

    /// The most that the rating takes from the target's lead over a rival beyond `part` of it, and the
    /// same of the last rival that is needed.
    func margins(_ rating: Int, part: Float) -> (best: Double, needed: Double) {
        let row = rating * stride
        var top: [Float] = []
        for rival in 0..<count {
            let margin = moves[row + rival] - gaps[rival] * part
            if top.count == needed, let least = top.last, margin <= least { continue }
            // Few are needed, so that a sorted array is quick.
            let place = top.firstIndex { $0 < margin } ?? top.count
            top.insert(margin, at: place)
            if top.count > max(needed, 1) { top.removeLast() }
        }
        let error = Double(errors[rating])
        let best = top.first.map { Double($0) + error } ?? -.infinity
        let last = needed > 0 && top.count == needed ? top.last : nil
        return (best, last.map { Double($0) + error } ?? .infinity)
    }

    /// Whether the rating alone may bring up enough rivals.
    func canRise(_ rating: Int) -> Bool {
        let row = rating * stride
        let error = errors[rating]
        var rising = 0
        for rival in 0..<count where moves[row + rival] + error > gaps[rival] { rising += 1 }
        return rising >= needed
    }

    /// Whether the pair may bring up enough rivals.
    func canRise(_ a: Int, _ b: Int, together: Double) -> Bool {
        let (first, second) = (a * stride, b * stride)
        let error = errors[a] + errors[b]
        let together = Float(together * (1 + 1e-6)).nextUp
        var rising = 0
        for rival in 0..<count {
            let moved = moves[first + rival] + moves[second + rival]
            if moved + distances[rival] * together + error > gaps[rival] {
                rising += 1
                if rising >= needed { return true }
            }
        }
        return rising >= needed
    }
}

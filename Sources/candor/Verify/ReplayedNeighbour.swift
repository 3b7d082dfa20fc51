// SPDX-License-Identifier: GPL-3.0-or-later

/// A rated neighbour of the explained item.
struct ReplayedNeighbour {
    /// Which rating it is of.
    let position: Int
    let weight: Double
    /// What the rating is above the base of its item.
    let above: Double
    let itemMean: Double
    /// Its item's in each sample.
    let designs: [[Double]]

    /// Those among the rated items, whose ratings are `ratings`.
    static func all(
        _ export: ExplanationExport, ratings: [Double], sampleCount: Int
    ) throws(VerificationError) -> [ReplayedNeighbour] {
        var neighbours: [ReplayedNeighbour] = []
        for (position, item) in export.items.enumerated()
        where export.has("neighbour_weight", item: item) {
            var designs: [[Double]] = []
            for sample in 0..<sampleCount {
                let size = try export.vector("item_design", sample: sample).count
                designs.append(
                    try export.vector(
                        "neighbour_design", sample: sample, item: item, count: size))
            }
            neighbours.append(
                ReplayedNeighbour(
                    position: position,
                    weight: try export.number("neighbour_weight", item: item),
                    above: ratings[position]
                        - (try export.number("neighbour_base", item: item)),
                    itemMean: try export.number("neighbour_item_mean", item: item),
                    designs: designs))
        }
        return neighbours
    }
}

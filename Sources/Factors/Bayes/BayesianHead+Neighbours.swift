// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension BayesianHead {
    /// The same head whose items have these neighbours.
    func given(_ neighbours: ItemNeighbours) -> BayesianHead {
        replacing(neighbours)
    }

    /// The same head whose items have no neighbours.
    public var withoutNeighbours: BayesianHead {
        guard designs.neighbours != nil else { return self }
        var head = replacing(nil)
        head.options.neighbours = 0
        return head
    }

    private func replacing(_ neighbours: ItemNeighbours?) -> BayesianHead {
        var head = self
        head.designs = DesignTable(
            rows: designs.rows, bases: designs.bases, offset: designs.offset,
            neighbours: neighbours)
        return head
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The places of a list that are still open, and how many of them floors still need.
struct FloorPlaces {
    /// How many places are open.
    private(set) var open: Int
    private var needs: [Int]
    private let floors: [ExposureFloor]
    private let count: Int

    /// A list of `count` open places.
    init(_ floors: [ExposureFloor], count: Int) {
        self.floors = floors
        self.count = count
        open = count
        needs = floors.map(\.minimum)
    }

    /// Whether every floor has what it needs.
    var areMet: Bool { needs.allSatisfy { $0 <= 0 } }

    /// Throws when a floor alone cannot be met.
    func check(_ pool: CandidatePool) throws(MitigationError) {
        for (place, floor) in floors.enumerated() {
            let available = pool.count(inFloor: place)
            guard available >= floor.minimum else {
                throw .tooFewItems(floor: floor.name, available: available)
            }
            guard floor.minimum <= count else { throw .tooFewPlaces(count: count) }
        }
    }

    /// How many floors an item that counts for those of `mask` brings nearer.
    func helped(by mask: Int) -> Int {
        needs.indices.count { mask >> $0 & 1 == 1 && needs[$0] > 0 }
    }

    /// Whether the other places suffice for all floors, one need a place, when an item that brings
    /// `helped` nearer takes the next.
    func leavesRoom(helped: Int) -> Bool {
        needs.reduce(0) { $0 + max($1, 0) } - helped <= open - 1
    }

    /// Takes a place for an item that counts for the floors of `mask`.
    mutating func fill(_ mask: Int) {
        open -= 1
        for place in needs.indices where mask >> place & 1 == 1 { needs[place] -= 1 }
    }
}

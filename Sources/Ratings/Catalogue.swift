// SPDX-License-Identifier: GPL-3.0-or-later

/// All items in their canonical order, which breaks ties everywhere.
public struct Catalogue: Sendable, Equatable {
    /// The items; the position of each is its `ItemIndex`.
    public let items: [Item]
    private let indexByID: [ItemID: ItemIndex]

    /// Numbers `items` from 0; traps when two share an identifier.
    public init(_ items: [Item]) {
        self.items = items
        var index: [ItemID: ItemIndex] = [:]
        index.reserveCapacity(items.count)
        for (position, item) in items.enumerated() {
            let earlier = index.updateValue(ItemIndex(position), forKey: item.id)
            precondition(earlier == nil, "two items with the identifier \(item.id)")
        }
        indexByID = index
    }

    /// The number of items.
    public var count: Int { items.count }

    /// The item at `index`.
    public subscript(index: ItemIndex) -> Item { items[index.position] }

    /// Where the item with identifier `id` stands, or nil.
    public func index(of id: ItemID) -> ItemIndex? { indexByID[id] }
}

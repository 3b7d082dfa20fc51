// SPDX-License-Identifier: GPL-3.0-or-later

/// The names that completion offers, most recently used first where that is known.
struct KnownNames: Equatable {
    /// The verbs this connection may use, in the server's order.
    var verbs: [String] = []
    /// Users named in this session.
    var users: [String] = []
    /// Items named in this session.
    var items: [String] = []
    /// The data's user attributes.
    var attributes: [String] = []

    /// How many users and how many items are remembered.
    static let rememberedMax = 200

    /// Remembers a user that a request named.
    mutating func remember(user: String) { Self.remember(user, in: &users) }

    /// Remembers an item that a request named.
    mutating func remember(item: String) { Self.remember(item, in: &items) }

    private static func remember(_ name: String, in names: inout [String]) {
        names.removeAll { $0 == name }
        names.insert(name, at: 0)
        if names.count > rememberedMax { names.removeLast() }
    }
}

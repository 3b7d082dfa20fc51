// SPDX-License-Identifier: GPL-3.0-or-later

/// Values by name within a budget of bytes: those used recently stay.
///
/// Two tables of half the budget each: when the young one is full it becomes the old one, whose
/// values are dropped unless they were asked for since. Constant time, and no order to keep.
struct RecentCache<Value> {
    private struct Entry {
        let value: Value
        let byteCount: Int
    }

    private let byteBudget: Int
    private var young: [String: Entry] = [:]
    private var old: [String: Entry] = [:]
    private var youngBytes = 0

    /// Holds values of at most about `byteBudget` bytes together.
    init(byteBudget: Int) { self.byteBudget = byteBudget }

    /// How many values are held; one that was replaced may count twice.
    var count: Int { young.count + old.count }

    /// The value called `name`, if it is held.
    mutating func value(_ name: String) -> Value? {
        if let entry = young[name] { return entry.value }
        guard let entry = old.removeValue(forKey: name) else { return nil }
        insert(entry, name)
        return entry.value
    }

    /// Holds `value`, which occupies `byteCount` bytes, unless that alone exceeds half the budget.
    mutating func insert(_ value: Value, _ name: String, byteCount: Int) {
        remove(name)
        insert(Entry(value: value, byteCount: byteCount), name)
    }

    private mutating func insert(_ entry: Entry, _ name: String) {
        guard entry.byteCount <= byteBudget / 2 else { return }
        if youngBytes + entry.byteCount > byteBudget / 2 {
            old = young
            young = [:]
            youngBytes = 0
        }
        young[name] = entry
        youngBytes += entry.byteCount
    }

    /// Forgets one value.
    mutating func remove(_ name: String) {
        if let entry = young.removeValue(forKey: name) { youngBytes -= entry.byteCount }
        old[name] = nil
    }

    /// Forgets everything.
    mutating func removeAll() {
        young = [:]
        old = [:]
        youngBytes = 0
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

@Suite("RecentCache")
struct RecentCacheTests {
    @Test("what was used recently stays, and the rest goes, within the budget")
    func recent() {
        var cache = RecentCache<Int>(byteBudget: 200)
        for number in 0..<10 { cache.insert(number, "\(number)", byteCount: 10) }
        #expect(cache.count == 10)
        #expect((0..<10).allSatisfy { cache.value(String($0)) == $0 })
        // The young half is full: the next value makes it the old half.
        cache.insert(10, "10", byteCount: 10)
        #expect(cache.value("3") == 3)
        for number in 11..<19 { cache.insert(number, "\(number)", byteCount: 10) }
        cache.insert(19, "19", byteCount: 10)
        #expect(cache.value("4") == nil)
        #expect(cache.value("3") == 3 && cache.value("10") == 10)
        #expect(cache.count <= 20)
    }

    @Test("values are replaced and forgotten, and what exceeds the budget is not held")
    func replaced() {
        var cache = RecentCache<Int>(byteBudget: 100)
        cache.insert(1, "a", byteCount: 10)
        cache.insert(2, "a", byteCount: 20)
        #expect(cache.value("a") == 2 && cache.count == 1)
        cache.insert(3, "huge", byteCount: 51)
        #expect(cache.value("huge") == nil && cache.value("a") == 2)
        cache.remove("a")
        cache.remove("a")
        #expect(cache.value("a") == nil && cache.count == 0)
        // The bytes of what was removed are free again.
        for number in 0..<5 { cache.insert(number, "\(number)", byteCount: 10) }
        #expect((0..<5).allSatisfy { cache.value(String($0)) == $0 })
        cache.removeAll()
        #expect(cache.count == 0)
    }

    @Test("it never holds more than its budget, whatever is asked of it")
    func bounded() {
        var cache = RecentCache<Int>(byteBudget: 1000)
        var state: UInt64 = 1
        for step in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let name = "\((state >> 33) % 200)"
            if let value = cache.value(name) { #expect(String(value) == name) }
            if step % 3 == 0 {
                cache.insert(Int(name) ?? 0, name, byteCount: 10)
            } else if step % 17 == 0 {
                cache.remove(name)
            }
            #expect(cache.count <= 100)
        }
    }
}

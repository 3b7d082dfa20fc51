// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Ratings
import Testing

@Suite("RatingOverlay")
struct RatingOverlayTests {
    /// Three users and four items; the third user has no rating.
    private func data() throws -> Dataset {
        let ids = try ["ann", "bob", "cid"].map { try #require(UserID($0)) }
        let items = try (0..<4).map { Item(id: try #require(ItemID("m\($0)")), title: "M\($0)") }
        let gender = UserAttribute(name: "gender", categories: ["F", "M"], codes: [0, 1, -1])
        return Dataset(
            name: "tiny", users: UserTable(ids, attributes: [gender]), items: Catalogue(items),
            ratings: RatingColumns(
                users: [1, 0, 0, 1], items: [3, 2, 0, 1], values: [3, 5, 1, 4],
                timestamps: [10, 20, 30, 40]), scale: RatingScale(minimum: 1, maximum: 5))
    }

    private func profile(
        _ overlay: RatingOverlay, of user: String, in data: Dataset
    ) throws -> Profile {
        overlay.profile(
            of: try #require(UserID(user)), users: data.users, items: data.items,
            matrix: data.matrix())
    }

    @Test("a profile without changes is the data's, and a stranger's is empty")
    func leavesOthersAlone() throws {
        let overlay = RatingOverlay()
        #expect(overlay.isEmpty)
        #expect(
            try profile(overlay, of: "ann", in: data())
                == Profile(
                    items: [0, 2], values: [1, 5], timestamps: [30, 20], user: UserIndex(0)))
        #expect(try profile(overlay, of: "zoe", in: data()).isEmpty)
    }

    @Test("changes replace, add and withdraw ratings, and items stay ascending")
    func mergesProfile() throws {
        var overlay = RatingOverlay()
        overlay.apply(try .sample("ann", "m2", 2, at: 99))
        overlay.apply(try .sample("ann", "m3", 4, at: 98))
        overlay.apply(try .sample("ann", "m1", 3, at: 97))
        overlay.apply(try .sample("ann", "m0", nil, at: 96))
        overlay.apply(try .sample("ann", "unknown", 5))
        #expect(
            try profile(overlay, of: "ann", in: data())
                == Profile(
                    items: [1, 2, 3], values: [3, 2, 4], timestamps: [97, 99, 98],
                    user: UserIndex(0)))
        #expect(overlay.changedUsers.map(\.token) == ["ann"])
        #expect(overlay.hasChanges(of: try #require(UserID("ann"))))
        #expect(!overlay.hasChanges(of: try #require(UserID("bob"))))
    }

    @Test("a copy does not see later changes of the original")
    func copiesAreIndependent() throws {
        var overlay = RatingOverlay()
        overlay.apply(try .sample("ann", "m2", 2))
        let copy = overlay
        overlay.apply(try .sample("ann", "m2", 3))
        #expect(try profile(copy, of: "ann", in: data()).values == [1, 2])
        #expect(try profile(overlay, of: "ann", in: data()).values == [1, 3])
        #expect(copy.changeCount == 1)
    }

    @Test("new users are those with a standing rating of a known item, by first appearance")
    func listsNewUsers() throws {
        var overlay = RatingOverlay()
        overlay.apply(try .sample("zoe", "m1", 2))
        overlay.apply(try .sample("yan", "m1", 2))
        overlay.apply(try .sample("bob", "m1", 2))
        overlay.apply(try .sample("xia", "unknown", 2))
        overlay.apply(try .sample("yan", "m1", nil))
        overlay.apply(try .sample("abe", "m0", 2))
        let data = try data()
        let added = overlay.newUsers(users: data.users, items: data.items)
        #expect(added.map(\.token) == ["zoe", "abe"])
        #expect(overlay.changedUsers.map(\.token) == ["zoe", "yan", "bob", "xia", "abe"])
    }

    @Test("merged data replaces, drops withdrawals, adds ratings and users and counts the unknown")
    func mergesData() throws {
        var overlay = RatingOverlay()
        overlay.apply(try .sample("zoe", "m3", 4, at: 51))
        overlay.apply(try .sample("bob", "m3", 1, at: 52))
        overlay.apply(try .sample("bob", "unknown", 1, at: 53))
        overlay.apply(try .sample("ann", "m0", nil, at: 54))
        overlay.apply(try .sample("ann", "m1", 2, at: 55))
        overlay.apply(try .sample("zoe", "m0", 3, at: 56))
        overlay.apply(try .sample("cid", "m0", nil, at: 57))
        let data = GenerationData(try data())
        let merged = overlay.merged(into: data)
        #expect(merged.newUserCount == 1)
        #expect(merged.ignoredCount == 1)
        #expect(merged.data.users.ids.map(\.token) == ["ann", "bob", "cid", "zoe"])
        #expect(merged.data.users.attributes.first?.codes == [0, 1, -1, -1])
        #expect(
            merged.data.dataset().ratings
                == RatingColumns(
                    users: [0, 0, 1, 1, 3, 3], items: [1, 2, 1, 3, 0, 3],
                    values: [2, 5, 4, 1, 3, 4], timestamps: [55, 20, 40, 52, 56, 51]))
        #expect(merged.data.items == data.items)
        #expect(RatingOverlay().merged(into: data).data == data)
        let untouched = RatingOverlay().merged(into: data).data.matrix
        let isShared = untouched.byUser.columns.withUnsafeBufferPointer { left in
            data.matrix.byUser.columns.withUnsafeBufferPointer {
                left.baseAddress == $0.baseAddress
            }
        }
        #expect(isShared)
    }

    @Test(
        "random changes agree with a naive model, in profiles and in merged data", arguments: 1...8)
    func agreesWithNaiveModel(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let data = try data()
        var model = NaiveRatings(data)
        var overlay = RatingOverlay()
        for step in 0..<400 {
            let change = try RatingChange.sample(
                ["ann", "bob", "cid", "dee", "eve"][random.below(5)], "m\(random.below(6))",
                random.below(3) == 0 ? nil : Float(random.below(5) + 1), at: Int64(step))
            overlay.apply(change)
            model.apply(change)
        }
        let merged = overlay.merged(into: GenerationData(data))
        let matrix = merged.data.matrix
        for user in overlay.changedUsers {
            func expected(_ index: UserIndex?) -> Profile {
                model.profile(of: user, at: index, items: data.items)
            }
            #expect(
                try profile(overlay, of: user.token, in: data)
                    == expected(data.users.index(of: user)))
            let index = merged.data.users.index(of: user)
            #expect((index.map { matrix.profile(of: $0) } ?? .empty) == expected(index))
        }
        #expect(overlay.merged(into: GenerationData(data)) == merged)
    }
}

/// Ratings as plain dictionaries, the slow and obvious way.
private struct NaiveRatings {
    private var ratings: [UserID: [ItemID: (value: Float, timestamp: Int64)]] = [:]

    init(_ data: Dataset) {
        let columns = data.ratings
        for entry in 0..<columns.count {
            let user = data.users.ids[Int(columns.users[entry])]
            let item = data.items.items[Int(columns.items[entry])].id
            ratings[user, default: [:]][item] = (columns.values[entry], columns.timestamps[entry])
        }
    }

    mutating func apply(_ change: RatingChange) {
        ratings[change.user, default: [:]][change.item] = change.rating.map {
            ($0, change.timestampSeconds)
        }
    }

    func profile(of user: UserID, at index: UserIndex?, items: Catalogue) -> Profile {
        let known = (ratings[user] ?? [:]).compactMap { id, rating in
            items.index(of: id).map { ($0.rawValue, rating) }
        }.sorted { $0.0 < $1.0 }
        return Profile(
            items: known.map(\.0), values: known.map(\.1.value),
            timestamps: known.map(\.1.timestamp), user: index)
    }
}

/// Sebastiano Vigna's SplitMix64, so that the operations are the same on every run.
private struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(bound))
    }
}

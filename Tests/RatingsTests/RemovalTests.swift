// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@Suite("Removing a user")
struct RemovalTests {
    /// Users of `tokens` with one attribute of free words and one of MovieLens', and ratings by a rule;
    /// `without` is left out as if it had never been there.
    private func data(without missing: String? = nil) throws -> SortedDataset {
        let everybody = ["7", "11", "lone", "20", "31"]
        let words = ["smith", "baker", "keeper", "smith", "baker"]
        let tokens = everybody.filter { $0 != missing }
        let kept = everybody.indices.filter { everybody[$0] != missing }
        let occurring = Set(kept.map { words[$0] }).sorted()
        var ratings = RatingColumns()
        for (position, user) in kept.enumerated() {
            for item in 0..<6 where (item * 5 + user * 3) % 7 < 4 {
                ratings.append(
                    user: UserIndex(position), item: ItemIndex(item),
                    value: user == 2 ? 2.5 : Float(1 + (item + user) % 5),
                    timestamp: user == 2 ? 1 << 40 : Int64(1000 + item))
            }
        }
        return SortedDataset(
            Dataset(
                name: "made",
                users: UserTable(
                    try tokens.map { try #require(UserID($0)) },
                    attributes: [
                        UserAttribute(
                            name: "trade", categories: occurring,
                            codes: try kept.map {
                                Int32(try #require(occurring.firstIndex(of: words[$0])))
                            }),
                        UserAttribute(
                            name: "gender", categories: Demographics.genders,
                            codes: kept.map { $0 == 2 ? 0 : 1 }),
                    ]),
                items: Catalogue(
                    try (0..<6).map { Item(id: try #require(ItemID("m\($0)")), title: "M\($0)") }),
                ratings: ratings, scale: RatingScale(minimum: 1, maximum: 5)))
    }

    @Test(
        "is the data that never had the user, also where values, times and labels were theirs alone",
        arguments: ["7", "11", "lone", "20", "31"])
    func equality(token: String) throws {
        let all = try data()
        let user = try #require(UserID(token))
        let index = try #require(all.users.index(of: user))
        let removed = all.removing(index)
        #expect(removed == (try data(without: token)))
        #expect(removed.matrix.byItem == (try data(without: token)).matrix.byItem)
    }

    @Test("may leave nobody")
    func everybody() throws {
        var left = try data()
        while left.users.count > 0 { left = left.removing(UserIndex(left.users.count / 2)) }
        #expect(left.matrix.count == 0 && left.matrix.itemCount == 6)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Trust

@Suite("Audit attributes")
struct AuditAttributeTests {
    private static func attribute(_ labels: [String]) -> UserAttribute {
        let categories = Set(labels).subtracting([""]).sorted()
        return UserAttribute(
            name: "x", categories: categories,
            codes: labels.map { label in
                Int32(categories.firstIndex(of: label) ?? -1)
            })
    }

    @Test("few values are groups as they are, numbers and unknown users included")
    func plain() throws {
        let groups = try AuditAttribute(Self.attribute(["b", "", "a", "b"]))
        #expect(groups.groups == ["a", "b"] && groups.codes == [1, -1, 0, 1])
        let numbers = try AuditAttribute(Self.attribute((0..<20).map { "\($0 % 4)" }))
        #expect(numbers.groups == ["0", "1", "2", "3"])
    }

    @Test("many numbers become five brackets of about equal numbers of users")
    func numbers() throws {
        let ages = (0..<100).map { "\(20 + $0 % 50)" } + [""]
        let groups = try AuditAttribute(Self.attribute(ages))
        #expect(
            groups.groups == ["20 to 29", "30 to 39", "40 to 49", "50 to 59", "60 to 69"])
        #expect(groups.codes[0] == 0 && groups.codes[49] == 4 && groups.codes[100] == -1)
        for code in 0..<5 { #expect(groups.codes.count { $0 == Int32(code) } == 20) }
        let prices = try AuditAttribute(Self.attribute((0..<40).map { "\(Double($0) / 8)" }))
        #expect(prices.groups.first == "0 to 0.875")
    }

    @Test("of many words the common ones stay and the rest become other")
    func buckets() throws {
        let words = (0..<600).map { $0 < 400 ? "big\($0 % 8)" : "rare\($0)" }
        let groups = try AuditAttribute(Self.attribute(words))
        #expect(groups.groups == (0..<8).map { "big\($0)" } + ["other"])
        #expect(groups.codes.count { $0 == 8 } == 200)
    }

    @Test("an attribute that is nearly an identifier is refused with what to do")
    func refused() {
        let zips = Self.attribute((0..<200).map { "zip\($0)" })
        let refusal = #expect(throws: AttributeRefusal.self) { try AuditAttribute(zips) }
        #expect(refusal?.description.contains("200 different values") == true)
        #expect(refusal?.description.contains("coarser") == true)
    }

    @Test("crossed groups are known where both are")
    func crossed() throws {
        let left = try AuditAttribute(Self.attribute(["a", "b", "", "b"]))
        let right = try AuditAttribute(Self.attribute(["u", "v", "u", ""]))
        let both = left.crossed(with: right)
        #expect(both.name == "x*x" && both.groups == ["a × u", "a × v", "b × u", "b × v"])
        #expect(both.codes == [0, 3, -1, -1])
    }

    @Test("activity parts measured users into quarters by profile size")
    func activity() {
        let subject = GeneratedMeasures.make(80, seed: 1)
        let activity = AuditAttribute.activity(subject.measurements, userCount: 80)
        #expect(activity.groups.count == 4 && activity.codes.allSatisfy { $0 >= 0 })
        for user in subject.measurements.users {
            let label = activity.groups[Int(activity.codes[user.user.position])]
            let ends = label.split(separator: " ").compactMap { Int($0) }
            #expect((ends[0]...ends[1]).contains(user.profileSize))
        }
    }
}

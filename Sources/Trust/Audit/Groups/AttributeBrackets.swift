// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Turns a user attribute with many values into groups that can be compared.
struct AttributeBrackets {
    private let attribute: UserAttribute
    /// The number of users of each category.
    private let counts: [Int]

    init(_ attribute: UserAttribute) {
        self.attribute = attribute
        var counts = [Int](repeating: 0, count: attribute.categories.count)
        for code in attribute.codes where code >= 0 { counts[Int(code)] += 1 }
        self.counts = counts
    }

    /// Brackets of about equal numbers of users, where all values are numbers and many; else nil.
    var numeric: AuditAttribute? {
        let occurring = counts.indices.filter { counts[$0] > 0 }
        guard occurring.count > AuditAttribute.numbersMax else { return nil }
        var numbers: [Int32: Double] = [:]
        for category in occurring {
            guard let number = Double(attribute.categories[category]), number.isFinite else {
                return nil
            }
            numbers[Int32(category)] = number
        }
        let known = attribute.codes.indices.filter { attribute.codes[$0] >= 0 }
        let values = known.compactMap { numbers[attribute.codes[$0]] }
        let brackets = QuantileGroups(values, count: AuditAttribute.bracketCount)
        var codes = [Int32](repeating: -1, count: attribute.codes.count)
        for (user, code) in zip(known, brackets.codes) { codes[user] = code }
        return AuditAttribute(
            name: attribute.name, groups: brackets.ranges.map(Self.label), codes: codes,
            kind: .attribute)
    }

    /// The categories as they are where they are few enough, else the large ones and `other`.
    func bucketed() throws(AttributeRefusal) -> AuditAttribute {
        guard counts.count > AuditAttribute.groupsMax else {
            return AuditAttribute(
                name: attribute.name, groups: attribute.categories, codes: attribute.codes,
                kind: .attribute)
        }
        let large = counts.indices.filter { counts[$0] >= Suppression.usersMin }
            .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
            .prefix(AuditAttribute.groupsMax - 1).sorted()
        let keptUsers = large.reduce(0) { $0 + counts[$1] }
        guard 2 * keptUsers >= counts.reduce(0, +), !large.isEmpty else {
            throw AttributeRefusal(
                attribute: attribute.name, valueCount: counts.count { $0 > 0 })
        }
        var places = [Int32](repeating: Int32(large.count), count: counts.count)
        for (place, category) in large.enumerated() { places[category] = Int32(place) }
        return AuditAttribute(
            name: attribute.name, groups: large.map { attribute.categories[$0] } + ["other"],
            codes: attribute.codes.map { $0 < 0 ? -1 : places[Int($0)] }, kind: .attribute)
    }

    private static func label(_ range: ClosedRange<Double>) -> String {
        func text(_ number: Double) -> String {
            Int(exactly: number).map(String.init) ?? "\(number)"
        }
        return range.lowerBound == range.upperBound
            ? text(range.lowerBound) : "\(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension AttributeInputs {
    /// More than any data has.
    private static let attributesMax = 256
    private static let groupsMax = 1 << 16

    /// Writes how many attributes there are, and of each its name, how many groups it has, their names,
    /// and the group of each user (i32), -1 where unknown; counts and lengths of texts are u64.
    func write(to writer: inout HeadBytesWriter) {
        writer.write(UInt64(attributes.count))
        for attribute in attributes {
            writer.write(attribute.name)
            writer.write(UInt64(attribute.categories.count))
            for group in attribute.categories { writer.write(group) }
            for code in attribute.codes { writer.write(code) }
        }
    }

    /// Reads what `write` wrote for `userCount` users; throws for what it cannot have written.
    init(_ reader: inout HeadBytesReader, userCount: Int) throws(HeadBytesError) {
        let count = try reader.count(1...Self.attributesMax, "attribute count")
        var attributes: [UserAttribute] = []
        for _ in 0..<count {
            let name = try reader.text("attribute's name")
            let groupCount = try reader.count(0...Self.groupsMax, "group count")
            var groups: [String] = []
            for _ in 0..<groupCount { groups.append(try reader.text("group's name")) }
            try reader.require(4 * userCount)
            let codes = (0..<userCount).map { _ in reader.integer(Int32.self) }
            guard codes.allSatisfy({ $0 >= -1 && Int($0) < groupCount }) else {
                throw .invalidField(name: "users' groups")
            }
            attributes.append(UserAttribute(name: name, categories: groups, codes: codes))
        }
        self.init(attributes)
    }
}

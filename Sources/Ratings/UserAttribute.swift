// SPDX-License-Identifier: GPL-3.0-or-later

/// One categorical attribute of the users, such as gender or age bracket: an input of audits,
/// never of a score.
public struct UserAttribute: Sendable, Equatable {
    /// The attribute's name in lower case, for example `gender`.
    public let name: String
    /// The category labels, in the order audits list them.
    public let categories: [String]
    /// For each user the position in `categories`, or -1 where unknown.
    public let codes: [Int32]

    /// Describes an attribute; traps when a code is outside `categories`.
    public init(name: String, categories: [String], codes: [Int32]) {
        precondition(codes.allSatisfy { $0 >= -1 && Int($0) < categories.count })
        self.name = name
        self.categories = categories
        self.codes = codes
    }

    /// The label of one user's category, or nil where unknown.
    public func label(of user: UserIndex) -> String? {
        let code = codes[user.position]
        return code < 0 ? nil : categories[Int(code)]
    }
}

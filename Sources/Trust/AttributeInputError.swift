// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an attribute cannot be an input of the rating model.
public enum AttributeInputError: Error, Equatable, CustomStringConvertible {
    /// The data has none of that name; `known` are those it has.
    case unknown(name: String, known: [String])
    /// It has too many different values.
    case refused(AttributeRefusal)

    /// What is wrong and what there is instead, for people.
    public var description: String {
        switch self {
        case .unknown(_, let known) where known.isEmpty:
            "the data has no user attributes that could be an input"
        case .unknown(let name, let known):
            "no user attribute is called \(name); the data has " + known.joined(separator: ", ")
        case .refused(let refusal): refusal.description
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension VerbSpecification {
    /// The usage line, for example `RECOMMEND <user> [k=1..1000]`.
    public var usage: String {
        let words =
            [verb.rawValue] + arguments.map(\.positionalUsage) + options.map(\.optionUsage)
        return words.joined(separator: " ")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension ArgumentSpecification {
    /// The argument in a usage line: `<user>`, `[<topic>]`, `<words...>`, `text|json`.
    var positionalUsage: String {
        let plain =
            switch kind {
            case .choice(let choices): choices.joined(separator: "|")
            case .choices: "<\(name),...>"
            case .text, .passage: "<\(name)...>"
            case .user, .item, .items, .userOrItem, .integer, .number, .attribute, .attributes,
                .operand, .path, .topic, .floors:
                "<\(name)>"
            }
        return isOptional ? "[\(plain)]" : plain
    }

    /// The option in a usage line: `[k=1..1000]`, `[by=<attribute>]`.
    var optionUsage: String {
        "[\(name)=\(kind.shortRange ?? "<\(kind.name)>")]"
    }

    /// The machine-readable form: `name[?]:kind[:values]`.
    var tableForm: String {
        let values = kind.shortRange.map { ":\($0)" } ?? ""
        return "\(name)\(isOptional ? "?" : ""):\(kind.name)\(values)"
    }
}

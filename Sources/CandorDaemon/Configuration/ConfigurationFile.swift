// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The text of a configuration file, taken apart: `name = value` lines, `#` comments, blank lines.
///
/// A value ends at the end of its line or before ` #`; between double quotes it may hold both, and
/// `\"` and `\\` stand for a quote and a backslash. Lines end in LF or CRLF. Knows settings by name
/// only to refuse others; what values they take is checked by `Configuration`.
struct ConfigurationFile {
    /// The assignments, in the order of their lines.
    private(set) var entries: [SettingEntry] = []
    /// What could not be read.
    private(set) var problems: [ConfigurationProblem] = []
    private let path: String

    /// Reads `bytes`; `path` is what problems call the file.
    init(_ bytes: some Collection<UInt8>, path: String) {
        self.path = path
        var firstLines: [Setting: Int] = [:]
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let number = index + 1
            guard let text = String(validating: line, as: UTF8.self) else {
                report(number, "the line is not UTF-8; save the file as UTF-8")
                continue
            }
            read(text.hasSuffix("\r") ? text.dropLast() : text[...], number, &firstLines)
        }
    }

    private mutating func read(
        _ line: Substring, _ number: Int, _ firstLines: inout [Setting: Int]
    ) {
        let content = line.drop { $0 == " " || $0 == "\t" }
        guard let first = content.first, first != "#" else { return }
        guard let equals = content.firstIndex(of: "=") else {
            return report(number, "expected name = value, or a comment that begins with #")
        }
        let name = Self.trimmed(content[..<equals])
        guard let setting = Setting(rawValue: name) else {
            return report(number, Self.unknown(name))
        }
        if let earlier = firstLines[setting] {
            return report(number, "\(name) is set in line \(earlier) already; keep one of them")
        }
        firstLines[setting] = number
        switch Self.value(content[content.index(after: equals)...]) {
        case .success(let value):
            let origin = SettingOrigin.file(path: path, line: number)
            entries.append(SettingEntry(setting: setting, value: value, origin: origin))
        case .failure(let problem): report(number, problem.message)
        }
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(
            ConfigurationProblem(origin: .file(path: path, line: line), message: message))
    }

    /// The message about a name that is no setting.
    static func unknown(_ name: String) -> String {
        let names = Setting.allCases.map(\.name)
        let hint = Nearest.match(for: name, among: names).map { "did you mean \($0)?" }
        return "there is no setting '\(name)'; "
            + (hint ?? "the settings are " + names.joined(separator: ", "))
    }

    private struct ValueProblem: Error {
        let message: String
    }

    private static func value(_ text: Substring) -> Result<String, ValueProblem> {
        let text = text.drop { $0 == " " || $0 == "\t" }
        guard text.first == "\"" else {
            var end = text.endIndex
            var previous: Character = " "
            for index in text.indices {
                if text[index] == "#", previous == " " || previous == "\t" {
                    end = index
                    break
                }
                previous = text[index]
            }
            return .success(trimmed(text[..<end]))
        }
        return quoted(text.dropFirst())
    }

    /// The value after an opening quote, up to the closing one.
    private static func quoted(_ text: Substring) -> Result<String, ValueProblem> {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                let after = rest.drop { $0 == " " || $0 == "\t" }
                guard after.isEmpty || after.first == "#" else {
                    return .failure(
                        ValueProblem(message: "nothing but a comment may follow the closing quote"))
                }
                return .success(value)
            case "\\":
                guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else {
                    return .failure(
                        ValueProblem(message: "between quotes a backslash needs \\\\, a quote \\\"")
                    )
                }
                value.append(escaped)
            default: value.append(character)
            }
        }
        return .failure(ValueProblem(message: "the quote is not closed"))
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

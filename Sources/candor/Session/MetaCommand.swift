// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// A line for the client itself, which begins with a backslash.
enum MetaCommand: Equatable {
    case help
    case quit
    /// Show how long answers take; nil switches.
    case timing(Bool?)
    case format(OutputFormat)
    /// Repeat a request, or the last one when nil, every so many seconds until interrupted.
    case watch(seconds: Double, request: String?)
    /// Write replies to a file; nil writes them to the terminal again.
    case output(path: String?)
    /// Run the lines of a file.
    case include(path: String)
    /// Run the last request again.
    case again

    /// The commands' names as typed after the backslash.
    enum Name: String, CaseIterable {
        case help = "?"
        case quit = "q"
        case timing, format, watch
        case output = "o"
        case include = "i"
        case again = "g"

        /// The name with its backslash.
        var typed: String { "\\" + rawValue }

        /// The words that may follow, for completion.
        var choices: [String] {
            switch self {
            case .timing: ["on", "off"]
            case .format: OutputFormat.allCases.map(\.rawValue)
            case .help, .quit, .watch, .output, .include, .again: []
            }
        }

        /// How it is written, and what it does.
        var usage: (syntax: String, summary: String) {
            switch self {
            case .help: (#"\?"#, "this list; HELP lists the daemon's verbs")
            case .quit: (#"\q"#, "leave, as does ^D")
            case .timing: (#"\timing [on|off]"#, "show how long each answer took")
            case .format: (#"\format table|tsv|json"#, "how replies are written")
            case .watch: (#"\watch [SECONDS] [REQUEST]"#, "repeat a request until ^C; 2 s")
            case .output: (#"\o [FILE]"#, "write replies to a file; alone: to the terminal")
            case .include: (#"\i FILE"#, "run the lines of a file")
            case .again: (#"\g"#, "run the last request again")
            }
        }
    }

    /// Reads a line that begins with a backslash.
    init(_ line: String) throws(MetaCommandError) {
        let words = TypedLine(line).words
        guard let first = words.first, let name = Name(rawValue: String(first.text.dropFirst()))
        else { throw .unknown(words.first?.text ?? line) }
        let arguments = words.dropFirst().map(\.text)
        self = try Self.command(name, arguments, words, line)
    }

    private static func command(
        _ name: Name, _ arguments: [String], _ words: [TypedLine.Word], _ line: String
    ) throws(MetaCommandError) -> MetaCommand {
        switch (name, arguments.count) {
        case (.help, _): return .help
        case (.quit, 0): return .quit
        case (.again, 0): return .again
        case (.timing, 0): return .timing(nil)
        case (.timing, 1) where name.choices.contains(arguments[0].lowercased()):
            return .timing(arguments[0].lowercased() == "on")
        case (.format, 1):
            guard let format = OutputFormat(rawValue: arguments[0].lowercased()) else { break }
            return .format(format)
        case (.output, 0...1): return .output(path: arguments.first)
        case (.include, 1): return .include(path: arguments[0])
        case (.watch, 0): return .watch(seconds: watchSeconds, request: nil)
        case (.watch, _): return try watch(words, line)
        default: break
        }
        throw .usage(name)
    }

    private static let watchSeconds = 2.0

    private static func watch(
        _ words: [TypedLine.Word], _ line: String
    ) throws(MetaCommandError) -> MetaCommand {
        let bytes = Array(line.utf8)
        func request(from word: Int) -> String? {
            guard word < words.count else { return nil }
            return String(decoding: bytes[words[word].bytes.lowerBound...], as: UTF8.self)
        }
        guard let seconds = Double(words[1].text) else {
            return .watch(seconds: watchSeconds, request: request(from: 1))
        }
        guard (0.1...86_400).contains(seconds) else { throw .usage(.watch) }
        return .watch(seconds: seconds, request: request(from: 2))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Follows a growing log file.
struct LogTail {
    /// How far a log line says that something has come.
    struct Step: Equatable {
        let fraction: Double
        let stage: String
    }

    private let path: String
    private var offset = 0
    private var rest: [UInt8] = []
    private var recent: [String] = []

    /// How many lines are kept to be shown when something went wrong.
    private static let recentMax = 12

    /// Follows the file at `path` from its beginning; it need not exist yet.
    init(path: String) {
        self.path = path
    }

    /// The last lines read, without characters that could steer a terminal.
    var lastLines: [String] { recent }

    /// The complete lines that were added since the last call.
    mutating func newLines() -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, offset)
            guard count > 0 else { break }
            rest += buffer[..<count]
            offset += count
        }
        var lines: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(SafeText.of(String(decoding: rest[..<end], as: UTF8.self)))
            rest.removeSubrange(...end)
        }
        recent = (recent + lines).suffix(Self.recentMax)
        return lines
    }

    /// The message of a log line, without its time and level.
    static func message(of line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 2)
        // Other lines, such as those of a crash, do not begin with a date.
        guard words.count == 3, words[0].utf8.count >= 10,
            words[0].prefix(4).allSatisfy(\.isNumber),
            words[0].dropFirst(4).first == "-"
        else { return line }
        return String(words[2])
    }

    /// The step that a log line ending in a per cent figure reports, for example `training 40%`.
    static func step(in line: String) -> Step? {
        let words = message(of: line).split(separator: " ")
        guard let last = words.last, last.hasSuffix("%"), let percent = Double(last.dropLast()),
            (0...100).contains(percent)
        else { return nil }
        return Step(fraction: percent / 100, stage: words.dropLast().joined(separator: " "))
    }
}

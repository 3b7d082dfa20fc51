// SPDX-License-Identifier: GPL-3.0-or-later

/// What a line of the daemon's, received or expected, is: as far as counting answers needs it.
enum TranscriptLine {
    /// The first line of a connection.
    case greeting
    /// A status line or an error: the beginning, or all, of an answer with so many body lines.
    ///
    /// In an expected line the number may be a placeholder; then it counts as 0.
    case answer(bodyLines: Int)
    /// A report that work has come further, or an event.
    case progress
    /// Anything else: a body line, a placeholder for lines, or no line of the protocol.
    case other

    /// Tells what `line` is.
    init(_ line: String) {
        if line.hasPrefix("{\"") {
            let isReport = line.contains("\"progress\":") || line.contains("\"event\":")
            self = isReport ? .progress : .answer(bodyLines: 0)
            return
        }
        var words = line.split(separator: " ", omittingEmptySubsequences: false)[...]
        if line.hasPrefix("@") { words = words.dropFirst() }
        switch words.first {
        case "CANDOR": self = .greeting
        case "OK": self = .answer(bodyLines: words.dropFirst().first.flatMap { Int($0) } ?? 0)
        case "ERR": self = .answer(bodyLines: 0)
        case "*", "!": self = .progress
        default: self = .other
        }
    }

    /// Whether a step that expects this line waits for one more complete line or answer.
    var isFinal: Bool {
        switch self {
        case .greeting, .answer: true
        case .progress, .other: false
        }
    }
}

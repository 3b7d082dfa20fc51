// SPDX-License-Identifier: GPL-3.0-or-later

/// Puts a request line together, quoting what needs it.
struct RequestLineBuilder {
    private var bytes: [UInt8]

    /// Begins with a verb.
    init(_ verb: Verb) {
        bytes = Array(verb.rawValue.utf8)
    }

    /// The line so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds a positional word.
    mutating func add(word: String) {
        bytes.append(ASCII.space)
        Quoting.appendWord(word, to: &bytes)
    }

    /// Adds an option, unless it has no value.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        bytes.append(ASCII.space)
        bytes.append(contentsOf: name.utf8)
        bytes.append(ASCII.equals)
        Quoting.appendValue(value, to: &bytes)
    }

    /// Adds an option with a number, unless it has no value.
    mutating func add(_ name: String, _ value: Int?) {
        add(name, value.map(String.init))
    }
}

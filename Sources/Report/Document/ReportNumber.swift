// SPDX-License-Identifier: GPL-3.0-or-later

/// One number of a report: what it means, what it is exactly, how it is shown and whence it comes.
public struct ReportNumber: Sendable, Equatable {
    /// Its name, unique within a report: `later.test.mean.rmse`.
    public let id: String
    /// What it says, in words.
    public let meaning: String
    /// The number itself.
    public let value: Double
    /// How it is shown.
    public let style: NumberStyle
    /// What it was computed from.
    public let source: NumberSource

    /// Joins the parts.
    public init(
        _ id: String, _ value: Double, _ style: NumberStyle, _ meaning: String,
        _ source: NumberSource
    ) {
        self.id = id
        self.meaning = meaning
        self.value = value
        self.style = style
        self.source = source
    }

    /// A count.
    public init(_ id: String, _ count: Int, _ meaning: String, _ source: NumberSource) {
        self.init(id, Double(count), .count, meaning, source)
    }

    /// The number as it is shown.
    public var text: String { style.text(of: value) }

    /// What identifies the number with all that it was computed from: 16 hexadecimal digits of the
    /// SHA-256 of its name, bits and hashes.
    ///
    /// `hash` gives the SHA-256 of bytes in hexadecimal digits.
    public func provenance(_ hash: ([UInt8]) -> String) -> String {
        let parts = [
            id, String(value.bitPattern, radix: 16), source.data, source.model ?? "-",
            source.split ?? "-",
        ]
        return String(hash(Array(parts.joined(separator: "\n").utf8)).prefix(16))
    }
}

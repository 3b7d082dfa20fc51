// SPDX-License-Identifier: GPL-3.0-or-later

/// Running text with numbers, code and links in it, written as an interpolated string.
///
/// Interpolated text is text, never markup: it is escaped where it is written.
public struct Prose: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// A stretch of one kind.
    enum Piece: Sendable, Equatable {
        case text(String)
        case number(ReportNumber)
        case code(String)
        case strong(String)
        case link(String, target: String)
    }

    let pieces: [Piece]

    /// Plain text.
    public init(stringLiteral text: String) { pieces = [.text(text)] }

    /// Text that is not known before the program runs.
    public init(text: String) { pieces = [.text(text)] }

    /// The pieces of an interpolated string.
    public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// The numbers in it, in order.
    var numbers: [ReportNumber] {
        pieces.compactMap { if case .number(let number) = $0 { number } else { nil } }
    }

    /// One text after the other.
    public static func + (left: Prose, right: Prose) -> Prose {
        Prose(pieces: left.pieces + right.pieces)
    }

    /// Collects the pieces.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        /// Begins with nothing.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds what stands between the values.
        public mutating func appendLiteral(_ literal: String) { pieces.append(.text(literal)) }

        /// Adds text.
        public mutating func appendInterpolation(_ text: String) { pieces.append(.text(text)) }

        /// Adds a number as it is shown.
        public mutating func appendInterpolation(_ number: ReportNumber) {
            pieces.append(.number(number))
        }

        /// Adds something that a machine reads.
        public mutating func appendInterpolation(code: String) { pieces.append(.code(code)) }

        /// Adds text with emphasis.
        public mutating func appendInterpolation(strong: String) { pieces.append(.strong(strong)) }

        /// Adds a link to a section of the page.
        public mutating func appendInterpolation(link: String, to target: String) {
            pieces.append(.link(link, target: target))
        }

        /// Adds other prose.
        public mutating func appendInterpolation(_ prose: Prose) { pieces += prose.pieces }
    }
}

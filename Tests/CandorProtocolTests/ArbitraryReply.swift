// SPDX-License-Identifier: GPL-3.0-or-later

@testable import CandorProtocol
import TestSupport

/// Makes replies of every shape, the same ones for the same seed.
struct ArbitraryReply {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func reply() -> Reply {
        let fields = (0..<Int.random(in: 0...4, using: &random)).map { index in
            Reply.Field("f\(index)_x", value())
        }
        let width = Int.random(in: 0...4, using: &random)
        let columns = (0..<width).map { "c\($0)" }
        let height = width == 0 ? 0 : Int.random(in: 0...5, using: &random)
        let rows = (0..<height).map { _ in (0..<width).map { _ in value() } }
        return Reply(fields, columns: columns, rows: rows)
    }

    mutating func error() -> WireError {
        WireError(WireCode.allCases.randomElement(using: &random) ?? .badSyntax, text())
    }

    mutating func tag() -> String? {
        guard Bool.random(using: &random) else { return nil }
        let length = Int.random(in: 1...Limits.tagBytesMax, using: &random)
        let bytes = (0..<length).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let piece = Self.pieces.randomElement(using: &random) ?? "x"
            if piece == "?" {
                text.unicodeScalars.append(scalar())
            } else {
                text += piece
            }
        }
        return text
    }

    private mutating func value() -> Value {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .missing
        case 1: .flag(Bool.random(using: &random))
        case 2: .integer(Int(truncatingIfNeeded: random.next()))
        case 3: .integer(Int.random(in: -20...20, using: &random))
        case 4: .number(number())
        default: .text(text())
        }
    }

    private mutating func number() -> Double {
        let number = Double(bitPattern: random.next())
        return number.isFinite ? number : Double.random(in: -5...5, using: &random)
    }

    private mutating func scalar() -> Unicode.Scalar {
        Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "\u{FFFD}"
    }

    private static let pieces = [
        "-", " ", "\t", "\n", "\r", "\"", "\\", "=", "@", "OK 1", "ERR", "*", "{", "}", "x", "toy",
        "é", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "😀", "\\x41", "?",
        "?", "?",
    ]
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Why bytes are not a head.
public enum HeadBytesError: Error, Equatable, CustomStringConvertible {
    /// The bytes begin as something else.
    case notThisHead(expected: String)
    /// A later version wrote them.
    case unknownLayout(version: UInt32)
    /// They end early or go on too long.
    case wrongLength(expected: Int, actual: Int)
    /// A size or an option is out of range.
    case invalidField(name: String)
    /// A number is infinite or NaN.
    case notFinite(name: String)

    /// What is wrong and what to do next.
    public var description: String {
        let next = "restore the file from a copy or train again"
        return switch self {
        case .notThisHead(let expected): "these bytes are no \(expected) head; \(next)"
        case .unknownLayout(let version):
            "layout \(version) of a head is unknown to this program; use a newer one or train again"
        case .wrongLength(let expected, let actual):
            "a head of \(actual) bytes should have \(expected); \(next)"
        case .invalidField(let name): "a head's \(name) is out of range; \(next)"
        case .notFinite(let name): "a head's \(name) holds a number that is not finite; \(next)"
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a transcript cannot be read.
public struct TranscriptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let message: String

    /// Both, as compilers write them.
    public var description: String { "line \(line): \(message)" }
}

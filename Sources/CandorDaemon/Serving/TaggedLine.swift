// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Tells the tag of a request line from the rest, without reading the rest.
enum TaggedLine {
    private static let mark = UInt8(ascii: "@")
    private static let space = UInt8(ascii: " ")

    /// The tag as an answer begins with it, `@` and one space included, and what follows it; no tag
    /// where there is none, or none of the form that needs no more thought: `@tag VERB`.
    static func split(
        _ line: UnsafeRawBufferPointer
    ) -> (tag: UnsafeRawBufferPointer, request: UnsafeRawBufferPointer) {
        guard line.first == mark,
            let end = line.prefix(Limits.tagBytesMax + 2).firstIndex(of: space), end > 1,
            line[..<end].allSatisfy({ $0 > space && $0 < 0x7F })
        else { return (UnsafeRawBufferPointer(start: nil, count: 0), line) }
        return (
            UnsafeRawBufferPointer(rebasing: line[...end]),
            UnsafeRawBufferPointer(rebasing: line[(end + 1)...])
        )
    }
}

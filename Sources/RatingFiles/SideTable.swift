// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the files beside the ratings: users, movies, genres.
struct SideTable {
    let path: String
    /// What the file is wanted for, for the message when it is missing.
    let need: String
    let delimiter: FieldDelimiter
    /// The number of fields of every line.
    let fieldCount: Int
    /// A whole line in words, for messages.
    let shape: String
    var encoding = TextEncoding.utf8
    var hasHeader = false

    /// Calls `row` with the fields of each line; its faults and bad lines go to `ledger`.
    func read(
        _ ledger: inout BadLineLedger,
        row: (borrowing LineSplitter, TextEncoding) throws(LineFault) -> Void
    ) throws(ReadError) {
        let bytes = try FileBytes.read(path, need: need, ledger)
        try bytes.withUnsafeBufferPointer { buffer throws(ReadError) in
            var cursor = LineCursor(buffer)
            guard !cursor.isAtEnd else { throw .empty(path: path) }
            let settled = encoding.settled(for: buffer)
            var splitter = LineSplitter(delimiter)
            if hasHeader { _ = cursor.next() }
            while let line = cursor.next() {
                if cursor.line % BadLineLedger.linesPerCheck == 0 { try ledger.goOn() }
                do throws(LineFault) {
                    try splitter.split(line)
                    guard splitter.count == fieldCount else {
                        throw LineFault(.fieldCount, expected: "\(fieldCount) fields: \(shape)")
                    }
                    try row(splitter, settled)
                } catch {
                    try ledger.record(error, file: path, line: cursor.line, bytes: line)
                }
            }
        }
    }

    /// The names in the first line of a file with a header.
    static func columnNames(
        of path: String, need: String, delimiter: FieldDelimiter, _ ledger: BadLineLedger
    ) throws(ReadError) -> [String] {
        let bytes = try FileBytes.read(path, need: need, ledger)
        return try bytes.withUnsafeBufferPointer { buffer throws(ReadError) in
            var cursor = LineCursor(buffer)
            guard let first = cursor.next() else { throw .empty(path: path) }
            return columnNames(in: first, delimiter: delimiter)
        }
    }

    /// The names in a header line; none where it cannot be split.
    static func columnNames(
        in line: UnsafeBufferPointer<UInt8>, delimiter: FieldDelimiter
    ) -> [String] {
        var splitter = LineSplitter(delimiter)
        do {
            try splitter.split(line)
        } catch {
            return []
        }
        return (0..<splitter.count).map { String(decoding: splitter[$0], as: UTF8.self) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts lines into fields without copying them, quoted fields with doubled quotes apart.
struct LineSplitter: ~Copyable {
    /// One field; valid until the next line is split or the file's bytes go away.
    typealias Field = UnsafeBufferPointer<UInt8>

    /// The most fields that are told apart; a line with more has the wrong number in any layout.
    static let fieldsMax = 64

    private let delimiter: FieldDelimiter
    private let storage: UnsafeMutablePointer<Field>
    private let scratch: UnsafeMutablePointer<UInt8>
    /// The number of fields of the line split last.
    private(set) var count = 0

    /// A splitter for one delimiter.
    init(_ delimiter: FieldDelimiter) {
        self.delimiter = delimiter
        storage = .allocate(capacity: Self.fieldsMax)
        scratch = .allocate(capacity: ReadOptions.lineBytesMax)
    }

    deinit {
        storage.deallocate()
        scratch.deallocate()
    }

    /// Field `index` of the line split last.
    subscript(index: Int) -> Field {
        precondition(index < count, "no field \(index)")
        return storage[index]
    }

    /// Cuts `line`; throws for over-long lines and broken quotes.
    mutating func split(_ line: UnsafeBufferPointer<UInt8>) throws(LineFault) {
        count = 0
        guard line.count <= ReadOptions.lineBytesMax else {
            throw LineFault(
                .overlong, expected: "at most \(ReadOptions.lineBytesMax) bytes in a line")
        }
        switch delimiter {
        case .comma:
            if line.contains(0x22) {
                try splitQuoted(line)
            } else {
                splitPlain(line, at: 0x2C)
            }
        case .tab: splitPlain(line, at: 0x09)
        case .bar: splitPlain(line, at: 0x7C)
        case .doubleColon: splitAtDoubleColon(line)
        }
    }

    private mutating func append(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        if count < Self.fieldsMax {
            storage[count] = UnsafeBufferPointer(rebasing: line[start..<end])
            count += 1
        }
    }

    private mutating func splitPlain(_ line: UnsafeBufferPointer<UInt8>, at byte: UInt8) {
        var start = 0
        for position in 0..<line.count where line[position] == byte {
            append(line, start, position)
            start = position + 1
        }
        append(line, start, line.count)
    }

    private mutating func splitAtDoubleColon(_ line: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var position = 0
        while position + 1 < line.count {
            if line[position] == 0x3A && line[position + 1] == 0x3A {
                append(line, start, position)
                position += 2
                start = position
            } else {
                position += 1
            }
        }
        append(line, start, line.count)
    }

    /// RFC 4180 without line breaks inside quotes.
    private mutating func splitQuoted(_ line: UnsafeBufferPointer<UInt8>) throws(LineFault) {
        var used = 0
        var position = 0
        while true {
            let first = used
            let isQuoted = position < line.count && line[position] == 0x22
            if isQuoted { position += 1 }
            var isOpen = isQuoted
            while position < line.count && (isOpen || line[position] != 0x2C) {
                let byte = line[position]
                position += 1
                if isQuoted && byte == 0x22 {
                    let isDoubled = isOpen && position < line.count && line[position] == 0x22
                    guard isDoubled else {
                        isOpen = false
                        guard position == line.count || line[position] == 0x2C else {
                            throw LineFault(
                                .quoting, expected: "a comma or the line's end after a quoted field"
                            )
                        }
                        continue
                    }
                    position += 1
                }
                scratch[used] = byte
                used += 1
            }
            guard !isOpen else {
                throw LineFault(.quoting, expected: "a closing quote in the same line")
            }
            append(UnsafeBufferPointer(start: scratch, count: used), first, used)
            guard position < line.count else { return }
            position += 1
        }
    }
}

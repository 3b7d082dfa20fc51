// SPDX-License-Identifier: GPL-3.0-or-later

/// Tells a torn end of SQLite's write-ahead log from damage in its middle.
///
/// SQLite itself reads up to the first frame that does not prove right and silently forgets the
/// rest. That is right for the one transaction that a crash cut short, and wrong for a flipped bit
/// before acknowledged ones. The journal's log always begins empty and every commit is flushed
/// before the next begins; so after the first bad frame at most one commit can follow, as the end.
///
/// Source: sqlite.org/fileformat2.html, section 4, "The Write-Ahead Log".
struct WriteAheadLog {
    /// What a log is worth.
    enum Verdict: Equatable {
        /// Every frame is proved.
        case intact
        /// The last transaction, of so many whole or partial frames, was cut short.
        case tornEnd(frameCount: Int)
        /// Frames that were flushed are no longer right.
        case damaged(String)
    }

    private let bytes: [UInt8]
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24

    /// Wraps a log file's content.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Checks every frame's salt and running checksum, in O(bytes).
    var verdict: Verdict {
        guard !bytes.isEmpty else { return .intact }
        guard bytes.count > Self.headerBytes + Self.frameHeaderBytes else {
            return .tornEnd(frameCount: 1)
        }
        let magic = word(0)
        let pageBytes = Int(word(8))
        var sum = Checksum(isBigEndian: magic & 1 == 1)
        sum.add(bytes[0..<24])
        guard magic & ~1 == 0x377F_0682, (512...65_536).contains(pageBytes),
            sum.first == word(24), sum.second == word(28)
        else { return .damaged("its header does not match its checksum") }
        return frames(frameBytes: Self.frameHeaderBytes + pageBytes, sum: sum)
    }

    private func frames(frameBytes: Int, sum: Checksum) -> Verdict {
        var sum = sum
        let starts = Array(
            stride(from: Self.headerBytes, to: bytes.count, by: frameBytes))
        for (position, start) in starts.enumerated() {
            let end = start + frameBytes
            if end <= bytes.count, hasSalt(start) {
                sum.add(bytes[start..<start + 8])
                sum.add(bytes[start + Self.frameHeaderBytes..<end])
                if sum.first == word(start + 16), sum.second == word(start + 20) { continue }
            }
            return ending(starts[position...], frameBytes: frameBytes, position: position)
        }
        return .intact
    }

    /// Judges the frames from the first bad one on.
    private func ending(
        _ starts: ArraySlice<Int>, frameBytes: Int, position: Int
    ) -> Verdict {
        let whole = starts.filter { $0 + frameBytes <= bytes.count }
        let commit = whole.firstIndex { hasSalt($0) && word($0 + 4) != 0 }
        let hasLater = commit.map { whole[($0 + 1)...].contains(where: hasSalt) } ?? false
        return hasLater
            ? .damaged("frame \(position + 1) is wrong, and later commits follow it")
            : .tornEnd(frameCount: starts.count)
    }

    /// Whether the frame at `start` was written to this log, not an earlier one.
    private func hasSalt(_ start: Int) -> Bool { bytes[start + 8..<start + 16] == bytes[16..<24] }

    private func word(_ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The log's running checksum: two sums over pairs of 32-bit words.
    private struct Checksum {
        let isBigEndian: Bool
        private(set) var first: UInt32 = 0
        private(set) var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        /// Adds bytes whose count is a multiple of 8.
        mutating func add(_ slice: ArraySlice<UInt8>) {
            slice.withUnsafeBytes { buffer in
                for offset in stride(from: 0, to: buffer.count, by: 8) {
                    let pair = buffer.loadUnaligned(
                        fromByteOffset: offset, as: SIMD2<UInt32>.self)
                    first &+= (isBigEndian ? pair.x.bigEndian : pair.x.littleEndian) &+ second
                    second &+= (isBigEndian ? pair.y.bigEndian : pair.y.littleEndian) &+ first
                }
            }
        }
    }
}

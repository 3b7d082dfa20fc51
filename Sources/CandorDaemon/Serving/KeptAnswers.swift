// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Glibc

/// Answers in the text format by their request lines, for lines that come again.
///
/// Knows nothing of what lines mean: the service says by a `Validity` whether an answer still holds. A
/// line is what was sent but for its tag, byte for byte. Confined to the loop's thread.
///
/// Memory: at most about `bytesMax` and a place for each 1,024 bytes of it. Constant time: a line
/// has `ways` places, and the answers in them push each other out.
final class KeptAnswers {
    /// One answer.
    final class Entry {
        /// The line and the answer one after the other: looking at one brings the other nearer.
        fileprivate let bytes: [UInt8]
        fileprivate let lineCount: Int
        /// What was asked and how many rows the answer has, for those who count.
        let verb: Verb
        let rowCount: Int
        fileprivate let validity: Validity

        fileprivate init(
            _ line: UnsafeRawBufferPointer, _ reply: ArraySlice<UInt8>, verb: Verb, rowCount: Int,
            _ validity: Validity
        ) {
            bytes = Array(line) + reply
            lineCount = line.count
            self.verb = verb
            self.rowCount = rowCount
            self.validity = validity
        }

        /// Calls `body` with the rendered answer, without a tag.
        func withReply(_ body: (UnsafeRawBufferPointer) -> Void) {
            bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[lineCount...])) }
        }

        fileprivate var byteCount: Int { bytes.count + KeptAnswers.overheadBytes }

        fileprivate func answers(_ line: UnsafeRawBufferPointer) -> Bool {
            lineCount == line.count
                && bytes.withUnsafeBytes { kept in
                    guard let first = kept.baseAddress, let second = line.baseAddress else {
                        return true
                    }
                    return memcmp(first, second, line.count) == 0
                }
        }
    }

    private static let ways = 4
    /// The objects themselves.
    private static let overheadBytes = 192
    /// An answer that is longer takes so long to send that keeping it saves little.
    private static let replyBytesMax = 4096
    private static let bytesPerPlace = 1024

    private let bytesMax: Int
    private let setMask: Int
    private let seed = UInt64.random(in: .min ... .max)
    private var places: [Entry?]
    /// The hash of the line of each place's latest answer; beside one another, so that the answers
    /// themselves, which lie far apart, are only looked at to be given.
    private var hashes: [Int]
    /// What the answers take.
    private(set) var byteCount = 0
    /// Where room is made next.
    private var hand = 0

    /// Keeps answers of at most about `bytesMax` bytes together; 0 keeps none.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
        var sets = 1
        while sets * Self.ways * Self.bytesPerPlace < bytesMax { sets *= 2 }
        setMask = sets - 1
        places = Array(repeating: nil, count: bytesMax > 0 ? sets * Self.ways : 0)
        hashes = Array(repeating: 0, count: places.count)
    }

    /// The answer to a line, if it is kept and still holds.
    func answer(to line: UnsafeRawBufferPointer) -> Entry? {
        guard !places.isEmpty else { return nil }
        let hash = hash(line)
        let first = (hash & setMask) * Self.ways
        for place in first..<(first + Self.ways) {
            guard hashes[place] == hash, let entry = places[place], entry.answers(line) else {
                continue
            }
            if entry.validity.holds { return entry }
            remove(place)
            return nil
        }
        return nil
    }

    /// Keeps the answer to a line for as long as it holds, unless it is too long.
    func keep(
        _ reply: ArraySlice<UInt8>, to line: UnsafeRawBufferPointer, verb: Verb, rowCount: Int,
        while validity: Validity
    ) {
        guard !places.isEmpty, reply.count <= Self.replyBytesMax else { return }
        let hash = hash(line)
        let entry = Entry(line, reply, verb: verb, rowCount: rowCount, validity)
        guard entry.byteCount <= bytesMax else { return }
        let first = (hash & setMask) * Self.ways
        let places = first..<(first + Self.ways)
        let place =
            places.first { place in
                self.places[place].map { !$0.validity.holds || $0.answers(line) } ?? true
            } ?? places[places.startIndex + hand & (Self.ways - 1)]
        remove(place)
        while byteCount + entry.byteCount > bytesMax, byteCount > 0 {
            remove(hand)
            hand = (hand + 1) % self.places.count
        }
        self.places[place] = entry
        hashes[place] = hash
        byteCount += entry.byteCount
        hand = (hand + 1) % self.places.count
    }

    private func remove(_ place: Int) {
        guard let entry = places[place] else { return }
        byteCount -= entry.byteCount
        places[place] = nil
    }

    /// A hash that differs from run to run: several times as fast as `Hasher`, and good enough where
    /// lines of one hash only push each other out.
    private func hash(_ line: UnsafeRawBufferPointer) -> Int {
        var hash = seed ^ UInt64(line.count)
        var offset = 0
        while offset + 8 <= line.count {
            hash = Self.mix(hash ^ line.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < line.count {
            rest = rest << 8 | UInt64(line[offset])
            offset += 1
        }
        return Int(truncatingIfNeeded: Self.mix(hash ^ rest))
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}

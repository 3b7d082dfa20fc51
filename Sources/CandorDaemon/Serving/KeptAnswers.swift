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
            _ line: ArraySlice<UInt8>, _ reply: ArraySlice<UInt8>, verb: Verb, rowCount: Int,
            _ validity: Validity
        ) {
            bytes = Array(line) + reply
            lineCount = line.count
            self.verb = verb
            self.rowCount = rowCount
            self.validity = validity
        }

        /// The rendered answer, without a tag.
        var reply: ArraySlice<UInt8> { bytes[lineCount...] }

        fileprivate var byteCount: Int { bytes.count + KeptAnswers.overheadBytes }

        fileprivate func answers(_ line: ArraySlice<UInt8>) -> Bool {
            lineCount == line.count
                && bytes.withUnsafeBytes { kept in
                    line.withUnsafeBytes { line in
                        guard let first = kept.baseAddress, let second = line.baseAddress else {
                            return true
                        }
                        return memcmp(first, second, line.count) == 0
                    }
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
    func answer(to line: ArraySlice<UInt8>) -> Entry? {
        guard !places.isEmpty else { return nil }
        let hash = Self.hash(line)
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
        _ reply: ArraySlice<UInt8>, to line: ArraySlice<UInt8>, verb: Verb, rowCount: Int,
        while validity: Validity
    ) {
        guard !places.isEmpty, reply.count <= Self.replyBytesMax else { return }
        let hash = Self.hash(line)
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

    private static func hash(_ line: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        line.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}

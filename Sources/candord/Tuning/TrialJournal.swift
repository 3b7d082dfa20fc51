// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The measurements of a tuning on disk, so that a killed run goes on where it was.
///
/// A text file that is only appended to: a first line that says what was tuned on what, then a line
/// `score seconds budget split key=value…` for each measurement, brought to disk before the next
/// one begins. A last line without its end is a torn write and is cut off. Numbers are written so
/// that they read back as the same bits.
final class TrialJournal {
    private var measurements: [TrialKey: Measurement] = [:]
    private let path: String
    private let descriptor: Int32

    /// The number of measurements that the file held when it was opened.
    let foundCount: Int

    /// Opens or makes the journal at `path` of the tuning that `heading` (one line) describes.
    ///
    /// Locks it for this process. Throws when it belongs to another tuning, another process has it,
    /// or it cannot be read or written.
    init(_ path: String, heading: String) throws(TrialJournalError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: Self.reason()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let busy = errno == EWOULDBLOCK
            let reason = Self.reason()
            close(descriptor)
            throw busy ? .inUse(path: path) : .unusable(path: path, reason: reason)
        }
        do throws(TrialJournalError) {
            let bytes = try Self.contents(descriptor, path)
            let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            if end < bytes.count, ftruncate(descriptor, off_t(end)) != 0 {
                throw .unusable(path: path, reason: Self.reason())
            }
            var lines = String(decoding: bytes[..<end], as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let first = lines.popFirst() {
                guard first == heading else {
                    throw .another(path: path, found: String(first), expected: heading)
                }
            } else {
                try Self.append(heading, to: descriptor, path)
            }
            for (place, line) in lines.enumerated() {
                guard let (key, measurement) = Self.parsed(line) else {
                    throw .damaged(path: path, line: place + 2)
                }
                measurements[key] = measurement
            }
            foundCount = measurements.count
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// What was measured for `key`, or nil.
    func measurement(_ key: TrialKey) -> Measurement? { measurements[key] }

    /// Keeps a measurement; on disk when this returns.
    func record(_ key: TrialKey, _ measurement: Measurement) throws(TrialJournalError) {
        let line =
            "\(measurement.score) \(measurement.seconds) \(key.budget) \(key.split) \(key.words)"
        try Self.append(line, to: descriptor, path)
        measurements[key] = measurement
    }

    private static func parsed(_ line: Substring) -> (TrialKey, Measurement)? {
        let fields = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, let score = Double(fields[0]), let seconds = Double(fields[1]),
            let budget = Int(fields[2]), let split = Int(fields[3])
        else { return nil }
        return (
            TrialKey(words: String(fields[4]), budget: budget, split: split),
            Measurement(score: score, seconds: seconds)
        )
    }

    private static func append(
        _ line: String, to descriptor: Int32, _ path: String
    ) throws(TrialJournalError) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw .unusable(path: path, reason: reason())
            }
        }
        guard fsync(descriptor) == 0 else { throw .unusable(path: path, reason: reason()) }
    }

    private static func contents(
        _ descriptor: Int32, _ path: String
    ) throws(TrialJournalError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw .unusable(path: path, reason: reason())
            }
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

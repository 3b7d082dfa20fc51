// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol
internal import Glibc

/// Writes an event for a person: one line, the time of day first.
enum EventLine {
    private static let kindWidth =
        EventKind.allCases.map(\.rawValue.count).max() ?? 0

    /// For example `2026-11-29 10:15:00  retrain      state=finished request=3.1  (generation 4)`.
    static func text(_ event: ReceivedEvent) -> String {
        let kind = SafeText.of(event.kind)
        let padding = String(repeating: " ", count: max(kindWidth - kind.count, 0))
        let words = TabSeparatedRenderer.pairs(event).joined(separator: " ")
        return "\(localTime(event.time))  \(kind)\(padding)  \(words)"
            + "\(words.isEmpty ? "" : "  ")(generation \(event.generation))"
    }

    /// Seconds since 1970 as date and time of this machine's zone.
    private static func localTime(_ seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return String(seconds) }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(1900 + Int(parts.tm_year))-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }
}

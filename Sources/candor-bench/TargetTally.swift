// SPDX-License-Identifier: GPL-3.0-or-later

/// How many targets were met, and which were not.
struct TargetTally {
    private(set) var met = 0
    private(set) var missed: [String] = []
    private(set) var undecided: [String] = []

    /// Counts a figure that has a target.
    mutating func add(_ comparison: Comparison) {
        guard comparison.target != nil else { return }
        switch comparison.isMet {
        case true?: met += 1
        case false?: missed.append(comparison.name)
        case nil: undecided.append(comparison.name)
        }
    }

    /// Whether no figure had a target.
    var isEmpty: Bool { met == 0 && missed.isEmpty && undecided.isEmpty }

    /// The counts, and the names of what was not met.
    var text: String {
        var lines = ["targets: \(met) met, \(missed.count) missed"]
        if !undecided.isEmpty { lines[0] += ", \(undecided.count) without the peer's figure" }
        lines += missed.map { "missed: \($0)" } + undecided.map { "no peer: \($0)" }
        return lines.joined(separator: "\n")
    }
}

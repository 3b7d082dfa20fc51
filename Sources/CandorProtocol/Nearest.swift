// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the known name that a mistyped one most likely meant.
public enum Nearest {
    /// The candidate nearest to `word`, or nil when none is near.
    ///
    /// Case is ignored. A candidate that `word` begins (of at least two characters) is near;
    /// otherwise the distance counts insertions, deletions, replacements and swaps of neighbours
    /// (optimal string alignment) and may be a third of the longer word, at least 1. Of equally
    /// near candidates the first wins.
    ///
    /// Complexity: candidates × both lengths; words of over 64 characters have no nearest.
    public static func match(for word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= wordScalarsMax else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let known = Array(candidate.lowercased().unicodeScalars)
            let reach = max(wanted.count, known.count) / 3
            let begins = wanted.count >= 2 && known.starts(with: wanted)
            let distance =
                begins ? min(1, known.count - wanted.count) : self.distance(wanted, known)
            guard begins || distance <= max(1, reach), distance < best?.distance ?? Int.max,
                distance < known.count
            else { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    private static let wordScalarsMax = 64

    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var cost = min(
                    last[column] + (left[row] == right[column] ? 0 : 1),
                    last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}

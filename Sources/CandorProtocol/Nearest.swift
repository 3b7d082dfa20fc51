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
            let begins = wanted.count >= 2 && known.starts(with: wanted)
            let reach = max(1, max(wanted.count, known.count) / 3)
            let bound = min(reach, known.count - 1, (best?.distance ?? .max) - 1)
            // A word cannot be nearer than the lengths differ.
            guard begins || abs(wanted.count - known.count) <= bound else { continue }
            let distance =
                begins ? min(1, known.count - wanted.count) : self.distance(wanted, known)
            if distance <= bound { best = (candidate, distance) }
        }
        return best?.candidate
    }

    private static let wordScalarsMax = 64

    /// The optimal string alignment distance, in one matrix.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        let width = right.count + 1
        let size = (left.count + 1) * width
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: size) { cells in
            for column in 0..<width { cells[column] = column }
            for row in 1...left.count {
                let start = row * width
                cells[start] = row
                for column in 1..<width {
                    let isSame = left[row - 1] == right[column - 1]
                    var cost = min(
                        cells[start - width + column - 1] + (isSame ? 0 : 1),
                        cells[start - width + column] + 1, cells[start + column - 1] + 1)
                    if row > 1, column > 1, left[row - 1] == right[column - 2],
                        left[row - 2] == right[column - 1]
                    {
                        cost = min(cost, cells[start - 2 * width + column - 2] + 1)
                    }
                    cells[start + column] = cost
                }
            }
            return cells[size - 1]
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a line is bad, before it is known which line of which file it is.
struct LineFault: Error {
    let problem: LineProblem
    let expected: String
    /// The offending part, or nil for the whole line.
    let found: String?

    init(_ problem: LineProblem, found: String? = nil, expected: String) {
        self.problem = problem
        self.found = found
        self.expected = expected
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a test could not go on.
enum EndToEndError: Error {
    /// No such program lies beside the tests: what was looked for, and where.
    case noProgram(String, lookedIn: [String])
    /// Something did not happen in the time allowed: what, and what the process said so far.
    case timedOut(String, output: String)
    /// A process ended before it did what was waited for.
    case endedEarly(String, output: String)
    /// The daemon answered with an error what it should have done.
    case refused(String)
    /// A line of an answer is not what the protocol promises.
    case unexpected(String)
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with the content of a section file.
struct SectionFileError: Error, Equatable {
    /// The fault, as a clause.
    let reason: String

    init(_ reason: String) { self.reason = reason }

    /// Nothing is wrong, but whoever asked for the content does not want it any more.
    static let cancelled = SectionFileError("its reading was cancelled")
}

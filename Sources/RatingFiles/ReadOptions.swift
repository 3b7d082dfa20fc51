// SPDX-License-Identifier: GPL-3.0-or-later

/// How strictly data is read.
public struct ReadOptions: Sendable, Equatable {
    /// Whether bad lines are left out and counted instead of refused.
    public var skipBadLines: Bool
    /// The data set's name, or nil for that of its folder or file.
    public var name: String?

    /// Whether files that are symbolic links are read; otherwise they are refused.
    public var followsLinks: Bool

    /// The most ratings that are read, give or take those of one MiB of text; more are refused
    /// (`ReadError.tooManyRatings`).
    public var ratingsMax: Int?

    /// Options; by default the first bad line is refused.
    public init(
        skipBadLines: Bool = false, name: String? = nil, followsLinks: Bool = true,
        ratingsMax: Int? = nil
    ) {
        self.ratingsMax = ratingsMax
        self.skipBadLines = skipBadLines
        self.name = name
        self.followsLinks = followsLinks
    }

    /// The most bytes that a line may have.
    ///
    /// The longest real one (an `u.item` line) has 385; two identifiers have at most 256.
    public static let lineBytesMax = 16_384

    /// How many skipped lines a report quotes.
    public static let samplesMax = 5
}

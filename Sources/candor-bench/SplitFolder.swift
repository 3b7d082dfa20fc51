// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles

/// The files of one data set, split for measurements: `NAME.train`, `NAME.valid`, `NAME.test`.
struct SplitFolder {
    /// Random 80/10/10.
    static let validation = "s1"
    /// Random 90/10, five times.
    static let repeated = (0..<5).map { "s2.\($0)" }
    /// A fifth of each user held out.
    static let perUser = "s3"

    private let folder: String

    /// The files in `folder`.
    init(_ folder: String) { self.folder = folder }

    /// The path of a file.
    func path(_ name: String, _ part: String) -> String { "\(folder)/\(name).\(part)" }

    /// Whether every file that is measured on is there.
    var isComplete: Bool {
        ([Self.validation, Self.perUser] + Self.repeated).allSatisfy { name in
            [path(name, "train"), path(name, Self.held(name))]
                .allSatisfy { FileManager.default.fileExists(atPath: $0) }
        }
    }

    /// Reads one split.
    func read(_ name: String) throws -> SplitData {
        try SplitData(train: path(name, "train"), test: path(name, Self.held(name)))
    }

    /// The part that a split is measured on.
    static func held(_ name: String) -> String { name == validation ? "valid" : "test" }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Finds the real data sets that some tests need.
public enum RealData {
    /// What a test that needs real data says when there is none.
    public static let absent =
        "set CANDOR_DATA to a folder with ml-1m, ml-100k and ml-latest-small to run this test"

    /// The folder of the data set called `name`, or nil when `CANDOR_DATA` is not set or lacks it.
    public static func directory(_ name: String) -> String? {
        guard let root = ProcessInfo.processInfo.environment["CANDOR_DATA"] else { return nil }
        let path = root + "/" + name
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}

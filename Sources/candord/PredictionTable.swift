// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Predictions as tab-separated lines for other programs.
struct PredictionTable {
    private var bytes: [UInt8] = []

    /// Adds one line.
    mutating func append(_ cells: String...) { append(cells) }

    /// Adds one line.
    mutating func append(_ cells: [String]) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: "\t")) }
            bytes += Array(cell.utf8)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes all lines to `path`, replacing what was there.
    func write(to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// A Parquet file that was written.
public struct ExportedFile: Sendable, Equatable {
    /// Its name in the folder.
    public let name: String
    /// How many rows it has.
    public let rowCount: Int
    /// Its length.
    public let byteCount: Int
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Puts a matrix together row by row, mostly from the entries of another.
struct RatingRows: ~Copyable {
    private let source: RatingMatrix
    private var offsets = [0]
    private var columns = GrowingArray<Int32>()
    private var values = RatingValues.Builder()
    private var times = RatingTimes.Builder()

    /// No row yet; entries come from `source`.
    init(of source: RatingMatrix) {
        self.source = source
        offsets.reserveCapacity(source.userCount + 1)
    }

    /// Adds one entry of the source to the row; columns must ascend.
    mutating func add(_ entry: Int) {
        columns.append(source.byUser.columns[entry])
        values.append(source.byUser.values[entry])
        times.append(source.timestamps[entry])
    }

    /// Adds all ratings of a profile to the row.
    mutating func add(_ profile: Profile) {
        for place in 0..<profile.count {
            columns.append(profile.items[place])
            values.append(profile.values[place])
            times.append(profile.timestamps[place])
        }
    }

    /// Ends the row.
    mutating func endRow() { offsets.append(columns.count) }

    /// The matrix of the rows.
    consuming func matrix() -> RatingMatrix {
        RatingMatrix(
            byUser: SparseRows(
                columnCount: source.itemCount, offsets: offsets, columns: columns.frozen(),
                values: values.finish()),
            timestamps: times.finish().canonical())
    }
}

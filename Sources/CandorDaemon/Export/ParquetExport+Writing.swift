// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Parquet
import Ratings

extension ParquetExport {
    /// Takes a batch of rows, or throws.
    typealias RowSink = ([ParquetValues]) throws(ExportError) -> Void

    /// The ratings that count of the user at a position in `userIDs`.
    func profile(of user: Int) -> Profile {
        generation.profile(of: userIDs[user], with: overlay)
    }

    /// Makes something of every user, on all threads, and gives it to `body` in the users' order, some
    /// at a time; `rowsPerUser` says about how many rows come of each.
    func forEachBatch<Rows: Sendable>(
        _ rowsPerUser: Int, _ report: Report, make: @escaping @Sendable (Int) -> Rows,
        body: ([(user: Int, rows: Rows)]) throws(ExportError) -> Void
    ) throws(ExportError) {
        let step = max(1, Self.batchRows / max(1, rowsPerUser))
        for start in stride(from: 0, to: userIDs.count, by: step) {
            try report(Double(start) / Double(userIDs.count))
            let batch = start..<min(start + step, userIDs.count)
            let made = Parallel.map(count: batch.count, chunk: 1, threads: threads) {
                make(batch.lowerBound + $0)
            }
            try body(zip(batch, made).map { (user: $0, rows: $1) })
        }
    }

    /// Writes the file `name`.parquet: `fill` gives the rows to its argument.
    func write(
        _ name: String, _ columns: [ParquetColumn], _ folder: String,
        rowGroupRows: Int = ParquetWriter<ExportError>.rowGroupRowsDefault,
        fill: (RowSink) throws(ExportError) -> Void
    ) throws(ExportError) -> ExportedFile {
        let fileName = name + ".parquet"
        let place = folder + "/" + fileName
        let unfinished = place + ".new"
        do throws(ExportError) {
            try Self.translated { () throws(FileError) in
                try DurableFile.removeIfPresent(unfinished)
            }
            let file = try Self.translated { () throws(FileError) in
                try GrowingFile(unfinished)
            }
            var writer = try ParquetWriter<ExportError>(
                columns, metadata: metadata, creator: ServerName.full, rowGroupRows: rowGroupRows
            ) { bytes throws(ExportError) in
                try Self.translated { () throws(FileError) in try file.append(bytes) }
            }
            try fill { values throws(ExportError) in try writer.append(values) }
            let rowCount = writer.rowCount
            try writer.finish()
            let byteCount = file.byteCount
            try Self.translated { () throws(FileError) in
                try file.flush()
                try DurableFile.rename(unfinished, to: place)
            }
            return ExportedFile(name: fileName, rowCount: rowCount, byteCount: byteCount)
        } catch {
            // Because the first failure is the one to tell, and the next export removes the rest.
            try? DurableFile.removeIfPresent(unfinished)
            throw error
        }
    }

    /// Where the rows come from, for the file's own metadata.
    private var metadata: [(key: String, value: String)] {
        let manifest = generation.manifest
        return [
            ("candor.generation", "\(manifest.number)"), ("candor.data", manifest.datasetName),
            ("candor.data_hash", manifest.dataHash), ("candor.factor_hash", manifest.factorHash),
            ("candor.changes_since_training", "\(overlay.changeCount)"),
        ]
    }

    private static func translated<Value>(
        _ body: () throws(FileError) -> Value
    ) throws(ExportError) -> Value {
        do throws(FileError) {
            return try body()
        } catch { throw .file(error) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Parquet
import Ratings

extension ParquetExport {
    /// Values of a row group of these wide tables: 32 MB.
    private static let wideValuesMax = 1 << 22

    /// Each item's base and design vector.
    func itemFactors(
        _ path: String, _ name: String, _ head: any LinearHead
    ) throws(ExportError) -> ExportedFile {
        let columns =
            [items.column("movie_id"), ParquetColumn("base", .double)] + factorColumns(head)
        let step = max(1, Self.wideValuesMax / columns.count)
        return try write("\(name)_item_factors", columns, path, rowGroupRows: step) {
            write throws(ExportError) in
            for start in stride(from: 0, to: head.itemCount, by: step) {
                let range = start..<min(start + step, head.itemCount)
                var factors = [[Double]](repeating: [], count: head.dimensions)
                var design = [Double](repeating: 0, count: head.dimensions)
                for position in range {
                    head.design(of: ItemIndex(position), into: &design)
                    for place in design.indices { factors[place].append(design[place]) }
                }
                try write(
                    [
                        items.values(Array(range)),
                        .doubles(range.map { head.base(of: ItemIndex($0)) }),
                    ] + factors.map { .doubles($0) })
            }
        }
    }

    /// Each item's neighbours.
    func itemNeighbours(
        _ path: String, _ name: String, _ neighbours: ItemNeighbours
    ) throws(ExportError) -> ExportedFile {
        let columns = [
            items.column("movie_id"), items.column("neighbour_id"),
            ParquetColumn("weight", .float),
        ]
        return try write("\(name)_item_neighbours", columns, path) {
            write throws(ExportError) in
            for start in stride(from: 0, to: generation.items.count, by: Self.batchRows) {
                let range = start..<min(start + Self.batchRows, generation.items.count)
                let rows = range.flatMap { item in
                    neighbours.neighbours(of: ItemIndex(item)).map { (item, $0.item, $0.weight) }
                }
                try write([
                    items.values(rows.map { $0.0 }), items.values(rows.map { $0.1.position }),
                    .floats(rows.map { $0.2 }),
                ])
            }
        }
    }

    /// Each user's vector, solved from the ratings that count.
    func userFactors(
        _ path: String, _ name: String, _ head: any LinearHead, _ report: Report
    ) throws(ExportError) -> ExportedFile {
        let columns = [users.column("user_id")] + factorColumns(head)
        let step = max(1, Self.wideValuesMax / columns.count)
        return try write("\(name)_user_factors", columns, path, rowGroupRows: step) {
            write throws(ExportError) in
            try forEachBatch(columns.count, report) { user in
                head.foldIn(profile(of: user)).vector.coordinates
            } body: { (batch: [(user: Int, rows: [Double])]) throws(ExportError) in
                try write(
                    [users.values(batch.map { $0.user })]
                        + (0..<head.dimensions).map { place in
                            .doubles(batch.map { $0.rows[place] })
                        })
            }
        }
    }

    private func factorColumns(_ head: any LinearHead) -> [ParquetColumn] {
        (0..<head.dimensions).map { ParquetColumn("f\($0 + 1)", .double) }
    }
}

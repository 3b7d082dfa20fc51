// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// An export of tables into the state directory: everything it needs, and no way to touch the engine.
struct ParquetExportWork: Sendable {
    let export: ParquetExport
    let tables: [ExportTable]
    /// The folder, made if it does not exist.
    let folder: String

    /// Writes and answers; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(ExportError) {
            do throws(FileError) {
                _ = try DurableFolder.create(folder)
            } catch { throw .file(error) }
            let files = try export.write(tables, into: folder, progress: progress)
            return .success(
                Reply(
                    [.init("folder", .text(folder))], columns: ["file", "rows", "bytes"],
                    rows: files.map {
                        [.text($0.name), .integer($0.rowCount), .integer($0.byteCount)]
                    }))
        } catch {
            return .failure(WireErrors.export(error))
        }
    }
}

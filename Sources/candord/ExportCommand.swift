// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
import CandorDaemon
public import CandorProtocol
import Foundation

/// `candord export`: writes what the served generation predicts and holds as Parquet files.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write predictions, lists, titles, ratings and factors as Parquet files.",
        discussion: """
            Reads the generation that a state directory serves, also while a daemon works there, \
            and its ratings as they were trained; EXPORT parquet of a running daemon counts those \
            that came since, too. Files: pred_df.parquet (user_id, movie_id, predicted_rating: \
            every pair without a rating), top_k.parquet, movie_map.parquet (movie_id, title), \
            ratings.parquet, and item and user factors of both heads. Identifiers are whole \
            numbers where all of them are, else text. Files of these names are replaced.
            """)

    @Option(help: "The state directory of 'candord serve'.")
    var state: String

    @Option(help: "The folder to write into; made if it does not exist.")
    var into: String

    @Argument(help: "What to write: \(ExportCommand.names); default all.")
    var tables: [ExportTable] = []

    @Option(help: "Only a user's so many highest predictions; default all pairs without a rating.")
    var top: Int?

    @Option(help: "The items of each list.")
    var k = 10

    @Option(help: "Threads; the files do not depend on it.")
    var threads = ProcessorCount.online

    private static var names: String {
        ExportTable.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        guard top ?? 1 >= 1 else { throw ValidationError("--top must be at least 1") }
        guard k >= 1 else { throw ValidationError("--k must be at least 1") }
    }

    func run() throws {
        let generation = try GenerationStore.loadCurrent(inStateAt: state)
        try FileManager.default.createDirectory(
            atPath: into, withIntermediateDirectories: true)
        let export = ParquetExport(
            generation, listLength: k, predictionCount: top, threads: threads)
        let files = try export.write(
            tables.isEmpty ? ExportTable.allCases : tables, into: into
        ) { _, _ in true }
        for file in files { print("\(file.name)\t\(file.rowCount) rows\t\(file.byteCount) bytes") }
    }
}

extension ExportTable: ExpressibleByArgument {}

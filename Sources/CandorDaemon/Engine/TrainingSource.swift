// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

/// Where a retrain takes its ratings from.
enum TrainingSource: Sendable {
    /// The data of the generation that serves, and the changes since.
    case serving(Generation, RatingOverlay)
    /// A data set of the data directory, and over it the whole journal.
    ///
    /// The journal wins: whatever was ever rated or taken back through the daemon counts as it was
    /// last, also where the files have a later rating of the same user and item. Users that only the
    /// journal knows are added; its ratings of items that the files lack wait until data has them.
    case files(DataDirectory, name: String, skipBadLines: Bool, Journal, journalSequence: Int64)

    /// The ratings to train on; `progress` gets a stage and returns false to cancel.
    ///
    /// No more are read into memory than `limit` allows.
    func data(
        limit: MemoryLimit?, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> GenerationData {
        switch self {
        case .serving(let generation, let overlay):
            return overlay.merged(into: generation.data).data
        case .files(let directory, let name, let skipBadLines, let journal, let sequence):
            guard progress(0, "reading \(name)") else { throw WireErrors.training(.cancelled) }
            let read: (data: GenerationData, notices: [String])
            do throws(DataDirectoryError) {
                read = try directory.read(
                    name, skipBadLines: skipBadLines, ratingsMax: limit?.ratingsMax
                ) { progress(0, "reading \(name)") }
            } catch { throw WireErrors.data(error, limit: limit) }
            for notice in read.notices {
                guard progress(0, notice) else { throw WireErrors.training(.cancelled) }
            }
            let entries: [JournalEntry]
            do throws(JournalError) {
                entries = try journal.entries(after: 0).filter { $0.sequence <= sequence }
            } catch { throw WireErrors.storage(error) }
            let merged = RatingOverlay(entries).merged(into: read.data)
            guard progress(0, Self.summary(merged, journaled: entries.count)) else {
                throw WireErrors.training(.cancelled)
            }
            return merged.data.widened(by: entries)
        }
    }

    private static func summary(_ merged: MergedDataset, journaled: Int) -> String {
        let ignored =
            merged.ignoredCount == 0
            ? "" : ", \(merged.ignoredCount) of them for items that the data lacks"
        return
            "\(merged.data.matrix.count) ratings, the journal's \(journaled) changes over those of "
            + "the data\(ignored)"
    }
}

extension GenerationData {
    /// The data with a scale that also holds the journal's ratings of its items.
    fileprivate func widened(by entries: [JournalEntry]) -> GenerationData {
        let ratings = entries.filter { items.index(of: $0.change.item) != nil }
            .compactMap(\.change.rating)
        guard let lowest = ratings.min(), let highest = ratings.max(),
            !scale.contains(lowest) || !scale.contains(highest)
        else { return self }
        return GenerationData(
            name: name, isSynthetic: isSynthetic, users: users, items: items, matrix: matrix,
            scale: RatingScale(
                minimum: min(scale.minimum, lowest), maximum: max(scale.maximum, highest)))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// Gathers everything that is held of one user from one pinned state: everything it needs, and no
/// way to touch the engine.
struct UserExportWork: Sendable {
    let user: UserID
    /// Where the user's answers come from.
    let source: String
    let generation: Generation
    let overlay: RatingOverlay
    /// The last journal entry that `overlay` holds; later ones are left out.
    let journalSequence: Int64
    let journal: Journal
    let store: GenerationStore
    /// The first record wanted, from 1.
    let first: Int

    /// Gathers and answers; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            return .success(reply(try records(progress)))
        } catch {
            return .failure(error)
        }
    }

    private func records(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> [UserRecord] {
        let entries: [JournalEntry]
        do {
            entries = try journal.entries(of: user, upTo: journalSequence)
        } catch {
            throw WireErrors.storage(error)
        }
        return attributes + ratings(entries) + replaced + entries.map(change)
            + (try generations(progress)) + derived
    }

    private var attributes: [UserRecord] {
        guard let index = generation.users.index(of: user) else { return [] }
        return generation.users.attributes.map { attribute in
            UserRecord(
                .attribute, origin: "data", name: attribute.name,
                value: attribute.label(of: index))
        }
    }

    private var profile: Profile { generation.profile(of: user, with: overlay) }

    /// The ratings that count now; those that the journal gave are told from those of the data.
    private func ratings(_ entries: [JournalEntry]) -> [UserRecord] {
        var latest: [ItemID: JournalEntry] = [:]
        for entry in entries { latest[entry.change.item] = entry }
        let profile = profile
        return profile.items.indices.map { place in
            let item = generation.items[ItemIndex(rawValue: profile.items[place])]
            let entry = latest[item.id].flatMap { entry in
                entry.change.rating == profile.values[place]
                    && entry.change.timestampSeconds == profile.timestamps[place] ? entry : nil
            }
            return UserRecord(
                .rating, origin: entry == nil ? "data" : "journal", item: item.id.token,
                title: item.title, rating: profile.values[place],
                timestampSeconds: profile.timestamps[place], sequence: entry?.sequence,
                recordedAtSeconds: entry?.recordedAtSeconds)
        }
    }

    /// The ratings of the data that a change stands in for.
    private var replaced: [UserRecord] {
        guard let index = generation.users.index(of: user) else { return [] }
        let trained = generation.matrix.profile(of: index)
        let profile = profile
        return trained.items.indices.compactMap { place in
            let index = ItemIndex(rawValue: trained.items[place])
            if let now = profile.position(of: index),
                profile.values[now] == trained.values[place],
                profile.timestamps[now] == trained.timestamps[place]
            {
                return nil
            }
            let item = generation.items[index]
            return UserRecord(
                .replaced, origin: "data", item: item.id.token, title: item.title,
                rating: trained.values[place], timestampSeconds: trained.timestamps[place])
        }
    }

    private func change(_ entry: JournalEntry) -> UserRecord {
        let title = generation.items.index(of: entry.change.item).map { generation.items[$0].title }
        return UserRecord(
            .change, origin: "journal", name: entry.change.rating == nil ? "unrate" : "rate",
            item: entry.change.item.token, title: title, rating: entry.change.rating,
            timestampSeconds: entry.change.timestampSeconds, sequence: entry.sequence,
            recordedAtSeconds: entry.recordedAtSeconds)
    }

    /// The kept generations that know the user.
    private func generations(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> [UserRecord] {
        do {
            let listings = try store.list()
            var records: [UserRecord] = []
            for (place, listing) in listings.enumerated() {
                let stage = "looking into generation \(listing.number)"
                guard progress(Double(place) / Double(listings.count), stage) else {
                    throw WireError(.cancelled, "the export was cancelled")
                }
                records += try self.records(of: listing)
            }
            return records
        } catch let error as GenerationError {
            throw WireErrors.storage(error)
        } catch let error as WireError {
            throw error
        } catch {
            throw WireError(.internalFailure, "the export failed: \(error)")
        }
    }

    private func records(of listing: GenerationListing) throws(GenerationError) -> [UserRecord] {
        func record(_ name: String, _ value: String) -> UserRecord {
            UserRecord(.generation, origin: "\(listing.number)", name: name, value: value)
        }
        if case .damaged(let reason) = listing.status {
            return [record("damaged", "cannot be looked into: " + reason)]
        }
        guard let count = try store.ratingCount(of: user, in: listing.number) else { return [] }
        var records = [record("data", "identifier, attributes and \(count) ratings")]
        if count > 0 {
            records.append(
                record("factors", "trained on these \(count) among other users' ratings"))
        }
        if let note = listing.manifest.flatMap({ ModelDescription($0.training).inputNote }) {
            records.append(record("attributes", note))
        }
        return records
    }

    private var derived: [UserRecord] {
        let count = profile.count
        guard count > 0 else { return [] }
        return [
            UserRecord(
                .derived, origin: "memory", name: "user vectors",
                value: "solved from the \(count) ratings that count now; kept in memory only"),
            UserRecord(
                .derived, origin: "memory", name: "audit measurements",
                value: "errors on held-out ratings, in memory only, if an AUDIT has run"),
        ]
    }

    private func reply(_ records: [UserRecord]) -> Reply {
        var rows: [[Value]] = []
        var bytes = 0
        for record in records.dropFirst(first - 1) {
            bytes += record.byteCountMax
            guard rows.isEmpty || bytes <= Limits.replyBytesMax - UserRecord.statusBytesMax else {
                break
            }
            rows.append(record.row)
        }
        var fields: [Reply.Field] = [
            .init("user", .text(user.token)), .init("source", .text(source)),
            .init("ratings", .integer(profile.count)),
            .init("records", .integer(records.count)),
        ]
        let next = first + rows.count
        if next <= records.count { fields.append(.init("next", .integer(next))) }
        return Reply(fields, columns: UserRecord.columns, rows: rows)
    }
}

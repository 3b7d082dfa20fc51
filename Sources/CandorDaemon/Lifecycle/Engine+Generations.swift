// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

extension Engine {
    func generations() throws(WireError) -> Reply {
        let listings: [GenerationListing]
        do {
            listings = try store.list()
        } catch {
            throw WireErrors.storage(error)
        }
        return Reply(
            columns: [
                "generation", "status", "created", "users", "items", "ratings", "seed", "hash",
                "note",
            ], rows: listings.map(row))
    }

    private func row(_ listing: GenerationListing) -> [Value] {
        let status =
            switch listing.status {
            case .serving: "serving"
            case .previous: "previous"
            case .kept: "kept"
            case .refused: "refused"
            case .damaged(let reason): "damaged: " + reason
            }
        guard let manifest = listing.manifest else {
            let unknown = [Value](repeating: .missing, count: 7)
            return [.integer(listing.number), .text(status)] + unknown
        }
        let created = CalendarDate(unixSeconds: manifest.createdAtSeconds)
        return [
            .integer(listing.number), .text(status),
            created.map { .text($0.description) } ?? .missing, .integer(manifest.userCount),
            .integer(manifest.itemCount), .integer(manifest.ratingCount),
            .integer(Int(manifest.training.seed)), .text(manifest.factorHash),
            note(listing, manifest).map { .text($0) } ?? .missing,
        ]
    }

    /// What else is to be known of a generation before another one serves.
    private func note(_ listing: GenerationListing, _ manifest: GenerationManifest) -> String? {
        var notes: [String] = []
        if listing.status == .serving, let confirmation = store.confirmation() {
            notes.append(
                "to be confirmed within \(max(0, confirmation.secondsLeft(at: clock.now()))) s")
        }
        if let gates = manifest.gates, gates.isRefused {
            notes.append("refused by " + gates.reasons.joined(separator: "; "))
        }
        if manifest.forgottenUserCount > 0 {
            notes.append("trained with \(manifest.forgottenUserCount) since forgotten")
        }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// What INFO says of how the serving generation came to serve.
    var lifecycleRows: [(String, Value)] {
        // Because INFO answers what it can, also while the disk does not.
        let previous = try? store.previous()
        var rows: [(String, Value)] = [
            ("previous", previous.map { .integer($0) } ?? .missing),
            (
                "confirm_by",
                store.confirmation().map { .integer($0.deadlineSeconds) } ?? .missing
            ),
        ]
        guard let gates = serving.manifest.gates else { return rows }
        rows.append(("gates", .text(gates.isRefused ? "overruled" : "passed")))
        rows += gates.findings.map { finding in
            (finding.name, .text("\(finding.outcome.rawValue): \(finding.detail)"))
        }
        return rows
    }
}

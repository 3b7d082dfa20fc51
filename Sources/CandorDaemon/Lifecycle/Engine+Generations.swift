// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging
import Ratings

extension Engine {
    func generations() throws(WireError) -> Reply {
        let listings: [GenerationListing]
        do {
            listings = try store.list()
        } catch {
            throw WireErrors.storage(error)
        }
        let confirmation = try pendingConfirmation()
        return Reply(
            columns: [
                "generation", "status", "created", "users", "items", "ratings", "seed", "hash",
                "note",
            ], rows: listings.map { row($0, confirmation) })
    }

    private func row(_ listing: GenerationListing, _ confirmation: Confirmation?) -> [Value] {
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
            note(listing, manifest, confirmation).map { .text($0) } ?? .missing,
        ]
    }

    /// What else is to be known of a generation before another one serves.
    private func note(
        _ listing: GenerationListing, _ manifest: GenerationManifest,
        _ confirmation: Confirmation?
    ) -> String? {
        var notes: [String] = []
        if listing.status == .serving, let confirmation {
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
        var rows = previousRows
        do throws(GenerationError) {
            let confirmation = try store.confirmation()
            rows.append(
                ("confirm_by", confirmation.map { .integer($0.deadlineSeconds) } ?? .missing))
        } catch {
            rows += unread("confirm_by", error)
        }
        guard let gates = serving.manifest.gates else { return rows }
        rows.append(("gates", .text(gates.isRefused ? "overruled" : "passed")))
        rows += gates.findings.map { finding in
            (finding.name, .text("\(finding.outcome.rawValue): \(finding.detail)"))
        }
        return rows
    }

    /// What ROLLBACK goes back to: what cannot be read is said and logged, and the rest is answered.
    var previousRows: [(String, Value)] {
        do throws(GenerationError) {
            return [("previous", try store.previous().map { .integer($0) } ?? .missing)]
        } catch {
            return unread("previous", error)
        }
    }

    private func unread(_ name: String, _ error: GenerationError) -> [(String, Value)] {
        log.warning("\(name) is not known: \(error)")
        return [(name, .missing), ("\(name)_error", .text(error.description))]
    }
}

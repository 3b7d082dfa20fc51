// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    func hello(_ version: Int?, _ ticket: Ticket, _ role: Role) throws(WireError) -> Reply {
        if let version, version != Limits.protocolVersion {
            throw WireError(
                .unsupportedVersion,
                "protocol \(version) is not spoken here; this daemon speaks "
                    + "\(Limits.protocolVersion)")
        }
        return Reply([
            .init("server", .text(ServerName.full)),
            .init("version", .integer(Limits.protocolVersion)),
            .init("role", .text(role.rawValue)),
            .init("connection", .integer(ticket.connection)),
            .init("line_bytes", .integer(Limits.lineBytesMax)),
            .init("reply_rows", .integer(Limits.rowsMax)),
            .init("identifier_bytes", .integer(Limits.identifierBytesMax)),
            .init(
                "output_bytes",
                .integer(configuration.current.servingOptions.session.outputBytesMax)),
        ])
    }

    func info() -> Reply {
        let manifest = serving.manifest
        var rows: [(String, Value)] = [
            ("server", .text(ServerName.full)),
            ("generation", .integer(manifest.number)),
            (
                "created",
                CalendarDate(unixSeconds: manifest.createdAtSeconds).map { .text($0.description) }
                    ?? .missing
            ),
            ("data", .text(manifest.datasetName)),
            ("synthetic", .flag(manifest.isSynthetic)),
            ("users", .integer(manifest.userCount)),
            ("items", .integer(manifest.itemCount)),
            ("ratings", .integer(manifest.ratingCount)),
            ("scale_min", .number(Double(serving.scale.minimum))),
            ("scale_max", .number(Double(serving.scale.maximum))),
            ("attributes", .text(serving.users.attributes.map(\.name).joined(separator: ","))),
            ("mean_rating", .number(manifest.meanRating)),
        ]
        rows += ModelDescription(manifest.training).rows
        rows += [
            ("retrain_slope_rating", Self.slope(fidelity?.rating)),
            ("retrain_slope_ranking", Self.slope(fidelity?.ranking)),
            ("seed", .integer(Int(manifest.training.seed))),
            ("data_hash", .text(manifest.dataHash)),
            ("factor_hash", .text(manifest.factorHash)),
            ("journal_sequence", .integer(Int(manifest.journalSequence))),
            ("ratings_since_training", .integer(overlay.changeCount)),
        ]
        rows += lifecycleRows
        if manifest.forgottenUserCount > 0 {
            rows.append(("forgotten_users", .integer(manifest.forgottenUserCount)))
        }
        return Reply(columns: ["name", "value"], rows: rows.map { [.text($0.0), $0.1] })
    }

    private static func slope(_ measured: RetrainSlope?) -> Value {
        measured.map { .number($0.slope) } ?? .text("unmeasured")
    }
}

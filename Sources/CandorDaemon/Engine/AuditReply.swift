// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Trust

/// Writes audits as replies.
enum AuditReply {
    /// The rows of `report` that `question` asks for, of a generation trained with `training`.
    static func of(
        _ report: AuditReport, _ question: AuditQuestion, _ training: TrainingOptions
    ) -> Reply {
        let rows = question.view.map { $0.rows(report.rows, attribute: question.attribute) }
        return reply(
            report, training, section: question.view?.rawValue ?? "balanced",
            rows: (rows ?? []).map { cells($0, section: $0.section.rawValue) })
    }

    /// The rows of an audit on balanced groups, their metrics named so.
    static func balanced(
        _ report: AuditReport, _ attribute: String, _ training: TrainingOptions
    ) -> Reply {
        let rows = AuditView.all.rows(report.rows, attribute: attribute)
            .filter { $0.section == .rating || $0.section == .ranking }
        return reply(
            report, training, section: "balanced",
            rows: rows.map { cells($0, section: "balanced") })
    }

    /// What is to be known of the models that an audit is about: their inputs beside ratings.
    static func notes(_ training: TrainingOptions) -> [Reply.Field] {
        ModelDescription(training).inputNote.map { [.init("note", .text($0))] } ?? []
    }

    /// The same of two generations.
    static func notes(_ generations: [Generation]) -> [Reply.Field] {
        let notes = generations.compactMap { generation in
            ModelDescription(generation.manifest.training).inputNote
                .map { "generation \(generation.number): \($0)" }
        }
        return notes.isEmpty ? [] : [.init("note", .text(notes.joined(separator: "; ")))]
    }

    private static func reply(
        _ report: AuditReport, _ training: TrainingOptions, section: String, rows: [[Value]]
    ) -> Reply {
        let refused = report.refusals.map(\.attribute).joined(separator: ",")
        var fields: [Reply.Field] = [
            .init("users", .integer(report.users)),
            .init("held_out", .number(AuditWork.heldOutShare)),
            .init("resamples", .integer(report.options.resamples)),
            .init("seed", .integer(Int(report.options.seed))),
            .init("interval", .text("95%")),
            .init("suppressed", .integer(report.suppressedGroups)),
            .init("section", .text(section)),
            .init("left_out", .integer(report.leftOutUsers)),
            .init("confirmatory_tests", .integer(report.familySize(.confirmatory))),
            .init("exploratory_tests", .integer(report.familySize(.exploratory))),
        ]
        fields += notes(training)
        if !refused.isEmpty { fields.append(.init("not_audited", .text(refused))) }
        return Reply(fields, columns: Verb.audit.specification.tables[0], rows: rows)
    }

    private static func cells(_ row: AuditRow, section: String) -> [Value] {
        [
            .text(row.attribute), .text(row.group), .integer(row.users),
            row.ratings > 0 ? .integer(row.ratings) : .missing, .text(row.metric),
            .number(row.value), number(row.low), number(row.high), .text(section),
            number(row.chance), number(row.excess), number(row.p), number(row.adjustedP),
            row.family.map { .text($0.rawValue) } ?? .missing, finding(row.isSignificant),
            row.isSignificant == false ? number(row.detectable) : .missing,
        ]
    }

    /// Says no more than was found: a difference that does not show is not said to be none.
    static func finding(_ isSignificant: Bool?) -> Value {
        isSignificant.map { .text($0 ? "significant" : "not-significant") } ?? .missing
    }

    static func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .missing }
}

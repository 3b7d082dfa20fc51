// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// The numbers of the split by time, by name.
struct LaterNumbers {
    /// Whose ratings.
    enum Group: String, CaseIterable {
        case all, warmUsers = "warm-users", coldUsers = "cold-users"

        var title: String {
            switch self {
            case .all: "all ratings"
            case .warmUsers: "users known before"
            case .coldUsers: "users not known before"
            }
        }

        func errors(_ errors: WarmColdErrors) -> PredictionErrors {
            switch self {
            case .all: errors.all
            case .warmUsers: errors.warmUsers
            case .coldUsers: errors.coldUsers
            }
        }
    }

    private let findings: ReportFindings
    let later: LaterFindings?

    init(_ findings: ReportFindings) {
        self.findings = findings
        later = findings.later
    }

    /// What the served model and the mean reach, as cards.
    var cards: [ReportCard] {
        guard let later, let test = later.parts.last, let mean = later.models.first,
            let served = later.models.last(where: \.isServed)
        else { return [] }
        return [
            ReportCard(
                number: rmse(served, test, timed: false, .all),
                label: "RMSE on the last 15% by time",
                remark: "the mean alone: \(rmse(mean, test, timed: false, .all))")
        ]
    }

    /// The RMSE of a model on a part, with times or without.
    func rmse(
        _ model: LaterFindings.Model, _ part: LaterFindings.Part, timed: Bool, _ group: Group
    ) -> ReportNumber {
        let errors = model.errors.errors(on: part.name, timed: timed).map(group.errors)
        let suffix = (timed ? "@time" : "") + (group == .all ? "" : ".\(group.rawValue)")
        return ReportNumber(
            "later.\(part.name).rmse.\(model.id)\(suffix)", errors?.rmse ?? .nan, .fixed(4),
            "RMSE on \(part.name) by time, \(group.title): \(title(model, timed: timed))",
            source(part).of(model: model.hash))
    }

    /// The name of a model in a table.
    func title(_ model: LaterFindings.Model, timed: Bool) -> String {
        timed ? "\(model.title), told the time" : model.title
    }

    /// The models with and, where they know of time, told the time.
    var variants: [(model: LaterFindings.Model, timed: Bool)] {
        (later?.models ?? []).flatMap { model in
            model.errors.parts.contains(where: \.isTimed)
                ? [(model, false), (model, true)] : [(model, false)]
        }
    }

    /// What numbers of a part come from.
    func source(_ part: LaterFindings.Part) -> NumberSource {
        NumberSource(
            name: "split by time, \(part.name)", data: findings.subject.dataHash, split: part.hash)
    }
}

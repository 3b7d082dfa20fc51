// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Trust

/// What an AUDIT asks of a generation, checked against the attributes that its data has.
struct AuditQuestion: Sendable {
    /// The most groups that two attributes crossed without being asked for may have.
    private static let crossedGroupsMax = 60

    /// Which rows are shown; nil for a balanced audit.
    let view: AuditView?
    /// The attribute that is shown, by its name in reports; nil for all.
    let attribute: String?
    /// The attributes crossed, by their positions among those that can be audited.
    let pairs: [[Int]]
    let options: AuditOptions

    /// Finds what is asked for among `attributes`; `refusals` are those that cannot be audited.
    init(
        _ request: Request.AuditOptions, attributes: [AuditAttribute],
        refusals: [AttributeRefusal]
    ) throws(WireError) {
        view = AuditView(rawValue: request.section)
        options = AuditOptions(resamples: request.resamples, seed: UInt64(request.seed))
        var pairs: [[Int]] = []
        if attributes.count >= 2,
            attributes[0].groups.count * attributes[1].groups.count <= Self.crossedGroupsMax
        {
            pairs = [[0, 1]]
        }
        guard let name = request.attribute?.lowercased() else {
            attribute = nil
            self.pairs = pairs
            return
        }
        if let refusal = refusals.first(where: { $0.attribute == name }) {
            throw WireError(.unknownAttribute, refusal.description)
        }
        if name == "activity" || attributes.contains(where: { $0.name == name }) {
            attribute = name
            self.pairs = pairs
            return
        }
        let parts = name.split(separator: "*", omittingEmptySubsequences: false).map { part in
            attributes.firstIndex { $0.name == part }
        }
        guard parts.count == 2, let first = parts[0], let second = parts[1], first != second else {
            throw Self.unknown(request.attribute ?? "", attributes, refusals)
        }
        let pair = [min(first, second), max(first, second)]
        attribute = "\(attributes[pair[0]].name)*\(attributes[pair[1]].name)"
        self.pairs = pairs.contains(pair) ? pairs : pairs + [pair]
    }

    private static func unknown(
        _ name: String, _ attributes: [AuditAttribute], _ refusals: [AttributeRefusal]
    ) -> WireError {
        let known = attributes.map(\.name)
        guard !known.isEmpty else {
            return WireError(
                .unknownAttribute,
                "the data has no user attributes that can be audited; AUDIT without by= measures "
                    + "all users, by=activity those who rate little and much")
        }
        var message =
            "no user attribute is called \(name); the data has "
            + known.joined(separator: ", ") + ", and activity"
        if known.count > 1 { message += "; two at once are written \(known[0])*\(known[1])" }
        if !refusals.isEmpty {
            message += "; too fine to audit: " + refusals.map(\.attribute).joined(separator: ", ")
        }
        return WireError(.unknownAttribute, message)
    }
}

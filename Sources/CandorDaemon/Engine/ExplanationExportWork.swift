// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// One EXPORT explanation: all parameters of a score, so that anybody can compute it again.
struct ExplanationExportWork: Sendable {
    let question: RatingsQuestion
    let item: ItemIndex

    static let columns = ["name", "sample", "item", "precision", "values"]

    /// Writes the parameters out until done or told to stop.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        run(by: question.model, progress)
    }

    private func run(
        by head: some ServableHead, _ progress: (Double, String) -> Bool
    ) -> Result<Reply, WireError> {
        let profile = question.user.profile
        var rows: [[Value]] = []
        var byteCount = 0
        let vectors = head.replayVectors(of: profile, to: item)
        for (place, vector) in vectors.enumerated() {
            guard progress(Double(place) / Double(vectors.count), "writing parameters") else {
                return .failure(RatingsQuestion.cancelled)
            }
            let (precision, values) = Self.text(of: vector.numbers)
            byteCount += values.utf8.count + 2 * Limits.identifierBytesMax
            guard byteCount < Limits.replyBytesMax else {
                return .failure(
                    WireError(
                        .limitExceeded,
                        "the parameters of \(profile.count) ratings do not fit into one reply; "
                            + "ask for a user of fewer ratings or the other head"))
            }
            rows.append([
                .text(vector.name), vector.sample.map { .integer($0) } ?? .missing,
                vector.item.map { .text(question.generation.items[$0].id.token) } ?? .missing,
                .text(precision), .text(values),
            ])
        }
        var fields = question.fields(about: item)
        let score = head.score(of: item, for: head.foldIn(profile).vector)
        fields += [.init("kind", .text(head.replayKind)), .init("score", .number(score))]
        return .success(Reply(fields, columns: Self.columns, rows: rows))
    }

    /// The shortest decimals that read back to the same numbers of their precision.
    private static func text(
        of numbers: ReplayVector.Numbers
    ) -> (precision: String, values: String) {
        switch numbers {
        case .single(let numbers):
            ("single", numbers.map(\.description).joined(separator: " "))
        case .double(let numbers):
            ("double", numbers.map(\.description).joined(separator: " "))
        }
    }
}

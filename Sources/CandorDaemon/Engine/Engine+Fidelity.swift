// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Trust

extension Engine {
    /// Begins to measure in the background how effects compare with retraining.
    func measureFidelity(_ ticket: Ticket, users: Int, seed: Int) throws(WireError) {
        try requireNothingForgotten()
        guard fidelityJob == nil else {
            throw WireError(
                .limitExceeded, "a FIDELITY is running; try again when it has ended")
        }
        let work = FidelityWork(
            generation: serving, users: users, seed: UInt64(seed), threads: threads, store: store)
        fidelityJob = run(ticket) { progress in
            let result = work.run(progress: progress)
            return { $0.finishFidelity(ticket, work.generation.number, result) }
        }
    }

    private func finishFidelity(
        _ ticket: Ticket, _ number: Int, _ result: Result<Fidelity, WireError>
    ) -> Delivery {
        fidelityJob?.join()
        fidelityJob = nil
        if case .success(let measured) = result, number == generation { fidelity = measured }
        return .answer(ticket, Answer(result.map(Self.reply), generation: number))
    }

    private static func reply(_ fidelity: Fidelity) -> Reply {
        let heads: [(HeadName, RetrainSlope?)] = [
            (.ranking, fidelity.ranking), (.rating, fidelity.rating),
        ]
        return Reply(
            [.init("seed", .integer(Int(fidelity.seed)))],
            columns: [
                "head", "users", "slope", "low", "high", "correlation", "sign_agreement",
            ],
            rows: heads.map { head, measured in
                guard let measured else {
                    return [.text(head.rawValue)] + [Value](repeating: .missing, count: 6)
                }
                return [
                    .text(head.rawValue), .integer(measured.users), .number(measured.slope),
                    .number(measured.low), .number(measured.high),
                    .number(measured.correlation), .number(measured.signAgreement),
                ]
            })
    }
}

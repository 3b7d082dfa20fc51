// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// What is said where the gates keep a generation from serving.
enum GateRefusal {
    /// The error that names the generation, the reasons and what can be done.
    static func error(number: Int, _ verdict: GateVerdict) -> WireError {
        WireError(
            .generationRefused,
            "generation \(number) is kept but does not serve: "
                + verdict.reasons.joined(separator: "; ")
                + "; DIFF \(verdict.comparedWith) \(number) compares, PROMOTE \(number) force has "
                + "it serve all the same")
    }
}

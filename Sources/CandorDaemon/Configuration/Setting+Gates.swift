// SPDX-License-Identifier: GPL-3.0-or-later

/// The gates that a retrain must pass before its generation serves.
extension Setting {
    /// What a gate is, in lines for the example file; empty for other settings.
    var gateSummary: [String] {
        switch self {
        case .gateRMSE:
            [
                "Gate: how much the RMSE of predicted stars may rise by a retrain, as a share of the",
                "serving generation's. Both are trained again without the same ratings and measured",
                "on those, which takes about twice the time of the training itself, unless the four",
                "gates that measure are off.",
            ]
        case .gateNDCG:
            ["Gate: how much nDCG@10 of lists may fall, as a share of the serving generation's."]
        case .gateGapRMSE:
            [
                "Gate: how much the gap in RMSE between the groups of an attribute may grow, as a",
                "share of the serving generation's RMSE. Groups of under 100 measured users do not",
                "count.",
            ]
        case .gateGapNDCG:
            ["Gate: the same for the gap in nDCG@10, as a share of the serving one's nDCG@10."]
        case .gateAttribute:
            ["The user attribute whose gaps are gated. Without it: every one that the data has."]
        case .gateRatingsMin: ["Gate: the fewest ratings that a generation may be trained on."]
        case .gateUsersMin: ["Gate: the fewest users with ratings that it may be trained on."]
        case .gateDataShare:
            ["Gate: the least share that it must have of the serving generation's ratings."]
        case .gateUnmeasured:
            [
                "What becomes of a generation when a gate cannot be measured, because there is too",
                "little data or no such attribute: pass (and say so), or refuse.",
            ]
        default: []
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// The gates of retrains as flags.
struct GateFlags: ParsableArguments {
    @Option(help: "How much RMSE may rise by a retrain, as a share, or off (default: 0.05).")
    var gateRMSE: String?

    @Option(help: "How much nDCG@10 may fall by a retrain, as a share, or off (default: 0.1).")
    var gateNDCG: String?

    @Option(
        help: "How much a gap in RMSE may grow, as a share of the RMSE, or off (default: 0.05).")
    var gateGapRMSE: String?

    @Option(
        help: "How much a gap in nDCG@10 may grow, as a share of it, or off (default: 0.1).")
    var gateGapNDCG: String?

    @Option(help: "The user attribute whose gaps are gated (default: every one).")
    var gateAttribute: String?

    @Option(help: "The fewest ratings to train on (default: 1).")
    var gateRatingsMin: String?

    @Option(help: "The fewest users with ratings to train on (default: 1).")
    var gateUsersMin: String?

    @Option(help: "The least share of the serving generation's ratings, or off (default: 0.5).")
    var gateDataShare: String?

    @Option(help: "When a gate cannot be measured: pass (the default) or refuse.")
    var gateUnmeasured: String?

    /// The value given for a gate; nil for none, and for other settings.
    func value(of setting: Setting) -> String? {
        switch setting {
        case .gateRMSE: gateRMSE
        case .gateNDCG: gateNDCG
        case .gateGapRMSE: gateGapRMSE
        case .gateGapNDCG: gateGapNDCG
        case .gateAttribute: gateAttribute
        case .gateRatingsMin: gateRatingsMin
        case .gateUsersMin: gateUsersMin
        case .gateDataShare: gateDataShare
        case .gateUnmeasured: gateUnmeasured
        default: nil
        }
    }
}

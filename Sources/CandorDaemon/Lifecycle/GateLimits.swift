// SPDX-License-Identifier: GPL-3.0-or-later

/// What a generation must keep to before it may serve, as the configuration has it.
struct GateLimits: Sendable, Equatable {
    /// How much RMSE may rise, as a share of the serving generation's; nil for any.
    var rmse: Double?
    /// How much nDCG@10 may fall, as a share of the serving generation's; nil for any.
    var nDCG: Double?
    /// How much a gap in RMSE may grow, as a share of the serving generation's RMSE; nil for any.
    var gapRMSE: Double?
    /// How much a gap in nDCG@10 may grow, as a share of the serving generation's; nil for any.
    var gapNDCG: Double?
    /// The attribute whose gaps are meant, in lower case; nil for every one of the data.
    var attribute: String?
    /// The fewest ratings.
    var ratingsMin: Int
    /// The fewest users with ratings.
    var usersMin: Int
    /// The least share of the serving generation's ratings; nil for any.
    var dataShare: Double?
    /// Whether a gate that cannot be measured refuses.
    var refusesUnmeasured: Bool

    init(_ configuration: Configuration) {
        rmse = configuration.limit(.gateRMSE)
        nDCG = configuration.limit(.gateNDCG)
        gapRMSE = configuration.limit(.gateGapRMSE)
        gapNDCG = configuration.limit(.gateGapNDCG)
        attribute = configuration.text(.gateAttribute)?.lowercased()
        ratingsMin = configuration.integer(.gateRatingsMin) ?? 0
        usersMin = configuration.integer(.gateUsersMin) ?? 0
        dataShare = configuration.limit(.gateDataShare)
        refusesUnmeasured = configuration.text(.gateUnmeasured) == "refuse"
    }

    /// Whether a gate compares what both generations are worth on held-out ratings.
    var needsMeasuring: Bool {
        rmse != nil || nDCG != nil || gapRMSE != nil || gapNDCG != nil
    }
}

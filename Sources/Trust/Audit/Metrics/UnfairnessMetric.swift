// SPDX-License-Identifier: GPL-3.0-or-later

/// How differently predictions err for a group and for all other users (Yao & Huang 2017, §3.2,
/// equations 5 to 9), in stars: 0 when they err alike.
///
/// With y predictions, r ratings and E the mean over the users of one side who rated item j.
public enum UnfairnessMetric: String, Sendable, CaseIterable {
    /// Mean over items of |(E_g[y] − E_g[r]) − (E_¬g[y] − E_¬g[r])|: errors in different directions.
    case value = "value-unfairness"
    /// Mean over items of ||E_g[y] − E_g[r]| − |E_¬g[y] − E_¬g[r]||: errors of different size.
    case absolute = "absolute-unfairness"
    /// Mean over items of |max(0, E_g[r] − E_g[y]) − max(0, E_¬g[r] − E_¬g[y])|.
    case underestimation = "underestimation-unfairness"
    /// Mean over items of |max(0, E_g[y] − E_g[r]) − max(0, E_¬g[y] − E_¬g[r])|.
    case overestimation = "overestimation-unfairness"
    /// |E_g[y] − E_¬g[y]| over all predictions.
    case nonParity = "non-parity"

    /// What an item with these mean errors (prediction − rating) adds; non-parity is of no item.
    func difference(_ group: Double, _ others: Double) -> Double {
        switch self {
        case .value: abs(group - others)
        case .absolute: abs(abs(group) - abs(others))
        case .underestimation: abs(max(0, -group) - max(0, -others))
        case .overestimation: abs(max(0, group) - max(0, others))
        case .nonParity: 0
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What is measured at each point of a frontier, by the names that replies use.
public enum FrontierMeasure: String, Sendable, CaseIterable {
    /// Root mean squared error of predicted stars.
    case rmse
    /// nDCG@10 of lists over the whole catalogue.
    case ndcg = "ndcg@10"
    /// Accuracy parity of stars: the largest RMSE of a group less the smallest.
    case rmseGap = "rmse_gap"
    /// Accuracy parity of lists: the largest nDCG of a group less the smallest.
    case ndcgGap = "ndcg_gap"
    /// Score parity: the root mean square over items of the difference of mean predicted stars, of a
    /// group and all others, for the group where it is largest. What neighbours add is left out.
    case scoreGap = "score_gap"
    /// Leakage: max(AUC, 1 − AUC) of a linear attack on the rating head's user vectors, learned on half of
    /// the users and tested on the others; the mean over groups, each against the rest.
    case leakage
    /// The RMSE of the group that plain training predicts worst.
    case worstRMSE = "worst_rmse"
    /// The nDCG of the group that plain training serves worst.
    case worstNDCG = "worst_ndcg"
    /// The mean over users of the divergence of the list's genres from the user's own (`GenreMix`).
    case miscalibration
    /// The Gini coefficient of exposure over the whole catalogue.
    case gini
    /// The part of all places of lists that items of the long tail have.
    case tailShare = "tail_share"
}

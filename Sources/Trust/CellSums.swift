// SPDX-License-Identifier: GPL-3.0-or-later

/// The sums of every cell of a `GroupTable`, and the metrics that follow from them.
struct CellSums {
    let cells: [GroupSums]

    /// NaN where it cannot be measured.
    func value(of metric: AuditMetric, cell: Int) -> Double {
        let group = cells[cell]
        let others = cells[0] - group
        return switch metric {
        case .rmse: group.rmse
        case .ndcg: group.meanNDCG
        case .rmseGap: group.rmse - others.rmse
        case .ndcgGap: group.meanNDCG - others.meanNDCG
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// How the effects that explanations show compare with what deleting the ratings and training
/// again does to the same scores.
///
/// Effects leave the items as they were trained, so they tend to understate what a retrain would do:
/// slope is the least-squares slope, with an intercept, of the retrain's change on the effect.
public struct RetrainSlope: Sendable, Equatable, Codable {
    /// How many users lost a rating.
    public let users: Int
    /// The slope; 1 where effects foretell a retrain exactly.
    public let slope: Double
    /// The lower end of its 95% interval (normal, homoscedastic errors).
    public let low: Double
    /// The upper end.
    public let high: Double
    /// Pearson's correlation of effects and changes, −1…1; 0 when all changes are equal.
    public let correlation: Double
    /// The part of users for whom both have the same sign.
    public let signAgreement: Double

    /// Regresses `changes` on `effects`; nil for fewer than three pairs, or when all effects are equal.
    public init?(effects: [Double], changes: [Double]) {
        precondition(effects.count == changes.count, "a change for each effect")
        let count = Double(effects.count)
        guard effects.count >= 3 else { return nil }
        let effectMean = effects.reduce(0, +) / count
        let changeMean = changes.reduce(0, +) / count
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for (effect, change) in zip(effects, changes) {
            let (x, y) = (effect - effectMean, change - changeMean)
            xx += x * x
            xy += x * y
            yy += y * y
        }
        guard xx > 0 else { return nil }
        let slope = xy / xx
        let error = (max(yy - slope * xy, 0) / ((count - 2) * xx)).squareRoot()
        users = effects.count
        self.slope = slope
        low = slope - 1.96 * error
        high = slope + 1.96 * error
        correlation = yy > 0 ? xy / (xx * yy).squareRoot() : 0
        let agreeing = zip(effects, changes).count { ($0 < 0) == ($1 < 0) }
        signAgreement = Double(agreeing) / count
    }
}

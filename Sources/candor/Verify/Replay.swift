// SPDX-License-Identifier: GPL-3.0-or-later

/// Scores computed again from exported parameters by the published formulas alone.
protocol Replay {
    /// The rated items.
    var items: [String] { get }

    /// The score when the user has rated only the items at `kept`, solved from scratch.
    func score(_ kept: [Int]) throws(VerificationError) -> Double

    /// What each rating adds to the score.
    func shares() throws(VerificationError) -> [Double]

    /// The user's vector when only the items at `kept` are rated, part by part.
    func parts(_ kept: [Int]) throws(VerificationError) -> [ReplayedPart]

    /// What of the score neither the base, an attribute's nor a rating's share is.
    func adjustment(_ kept: [Int]) throws(VerificationError) -> Double

    /// What each attribute that is an input adds to the score, by its label.
    func attributes() throws(VerificationError) -> [String: Double]
}

extension Replay {
    /// Nothing.
    func adjustment(_ kept: [Int]) throws(VerificationError) -> Double { 0 }

    /// None.
    func attributes() throws(VerificationError) -> [String: Double] { [:] }

    /// u·v.
    static func product(_ u: [Double], _ v: [Double]) -> Double {
        zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

extension ExplanationExport {
    /// The replay that the export's kind asks for.
    func replay() throws(VerificationError) -> any Replay {
        let replay = try replayOfKind()
        return isErased ? try ErasedReplay(replay, self) : replay
    }

    private func replayOfKind() throws(VerificationError) -> any Replay {
        switch kind {
        case "ranking": try RankingReplay(self)
        case "bayesian": try BayesianReplay(self)
        case "projection": try ProjectionReplay(self)
        default: throw .unknownKind(kind)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension BayesianOptions {
    /// Options as they were written; what was written before draws were averaged is of draws, and before
    /// items had neighbours without any.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            factors: try values.decode(Int.self, forKey: .factors),
            sweeps: try values.decode(Int.self, forKey: .sweeps),
            burnIn: try values.decode(Int.self, forKey: .burnIn),
            samples: try values.decode(Int.self, forKey: .samples),
            averaged: try values.decodeIfPresent(Int.self, forKey: .averaged) ?? 1,
            implicitSets: try values.decode(Bool.self, forKey: .implicitSets),
            userLinkStrength: try values.decode(Double.self, forKey: .userLinkStrength),
            itemLinkStrength: try values.decode(Double.self, forKey: .itemLinkStrength),
            userNoiseShape: try values.decode(Double.self, forKey: .userNoiseShape),
            itemNoiseShape: try values.decode(Double.self, forKey: .itemNoiseShape),
            priorScale: try values.decode(Double.self, forKey: .priorScale),
            sequence: try values.decode([SequenceComponent].self, forKey: .sequence),
            neighbours: try values.decodeIfPresent(Int.self, forKey: .neighbours) ?? 0,
            seed: try values.decode(UInt64.self, forKey: .seed))
    }
}

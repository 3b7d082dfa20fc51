// SPDX-License-Identifier: GPL-3.0-or-later

/// What the gates found of a trained generation before it could serve.
public struct GateVerdict: Sendable, Equatable, Codable {
    /// How one gate ended.
    public enum Outcome: String, Sendable, Codable {
        /// Within the limit.
        case passed
        /// Beyond the limit.
        case failed
        /// Could not be measured.
        case unmeasured
    }

    /// What one gate compared.
    public struct Finding: Sendable, Equatable, Codable {
        /// The gate, by the name of its setting.
        public let gate: String
        /// The attribute whose groups were compared; nil for gates of all users.
        public let attribute: String?
        /// The serving generation's number; nil where it does not matter or was not measured.
        public let before: Double?
        /// The new generation's number; nil where it was not measured.
        public let after: Double?
        /// The highest, or for nDCG and counts the lowest, number that passes; nil where it was not
        /// measured.
        public let bound: Double?
        /// How it ended.
        public let outcome: Outcome
        /// Why it could not be measured.
        public let reason: String?
    }

    /// The generation that served, and was compared with.
    public let comparedWith: Int
    /// Every gate that is on, in the order of the settings.
    public let findings: [Finding]
    /// Whether a gate that cannot be measured refuses.
    public let refusesUnmeasured: Bool

    /// Whether the generation may not serve unless an operator decides so.
    public var isRefused: Bool { !reasons.isEmpty }

    /// Why it is refused, one clause for each gate; empty when it is not.
    public var reasons: [String] {
        findings.compactMap { finding in
            switch finding.outcome {
            case .passed: nil
            case .failed: finding.description
            case .unmeasured: refusesUnmeasured ? finding.description : nil
            }
        }
    }
}

extension GateVerdict.Finding: CustomStringConvertible {
    /// The gate, with the attribute that it was asked about.
    var name: String { attribute.map { "\(gate) by \($0)" } ?? gate }

    /// What was found, without the gate's name.
    var detail: String {
        guard let after, let bound else { return reason ?? "not measured" }
        let change = before.map { "\($0) to \(after)" } ?? "\(after)"
        return "\(change), the limit is \(bound)"
    }

    /// What was found, in a few words.
    public var description: String { "\(name) \(detail)" }
}

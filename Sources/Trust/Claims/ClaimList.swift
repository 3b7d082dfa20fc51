// SPDX-License-Identifier: GPL-3.0-or-later

/// Claims in the making, numbered as they come.
struct ClaimList {
    private(set) var claims: [Claim] = []

    /// Adds a claim under the next name.
    mutating func add(
        _ key: FactKey, _ subject: String, _ predicate: String, _ value: Claim.Value,
        unit: String = "", tolerance: Double = 0, _ evidence: Claim.Evidence
    ) {
        claims.append(
            Claim(
                id: "F\(claims.count + 1)", subject: subject, predicate: predicate, value: value,
                unit: unit, tolerance: tolerance, evidence: evidence, key: key))
    }
}

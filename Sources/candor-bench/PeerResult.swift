// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The figures of one run of `peers.py`, as far as they are compared with.
struct PeerResult: Decodable {
    /// Median and 99th percentile of calls.
    struct Latency: Decodable {
        let p50: Double
        let p99: Double
    }

    /// Name and version of the package.
    let package: String
    /// How long the call that trains took.
    let trainSeconds: Double
    /// How much processor time that took, all threads together.
    let trainProcessorSeconds: Double?
    /// RMSE of stars limited to 1…5.
    let rmse: Double?
    /// Quality of lists by name: `ndcg10`, `recall20`, `coverage10`, `exposure_gini`,
    /// `mean_popularity`.
    let ranking: [String: Double]?
    /// One list by the package's own call.
    let list: Latency?
    /// One explanation by the package's own call.
    let explanation: Latency?

    private enum CodingKeys: String, CodingKey {
        case package, rmse, ranking
        case trainSeconds = "train_s"
        case trainProcessorSeconds = "train_cpu_s"
        case list = "top10_native_us"
        case explanation = "explain_us"
    }

    /// The result in what a run printed: the last line that is a JSON object; nil without one.
    static func parse(_ output: String) -> PeerResult? {
        let lines = output.split(whereSeparator: \.isNewline)
        guard let line = lines.last(where: { $0.hasPrefix("{") }) else { return nil }
        do {
            return try JSONDecoder().decode(PeerResult.self, from: Data(line.utf8))
        } catch {
            return nil
        }
    }
}

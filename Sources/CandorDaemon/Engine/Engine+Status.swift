// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// For example `serving generation 4, trained 3 hours ago; retraining 42%, ranking head`.
    public var status: String {
        let age = clock.now() - Int(serving.manifest.createdAtSeconds)
        let text = "serving generation \(generation), trained \(Self.age(seconds: age)) ago"
        guard retrainJob != nil else { return text }
        guard let progress = retrainProgress else { return text + "; retraining" }
        return text + "; retraining \(Int(progress.fraction * 100))%, \(progress.stage)"
    }

    /// A time in the largest unit of which there are two at least, or in seconds.
    static func age(seconds: Int) -> String {
        let units = [(86_400, "days"), (3600, "hours"), (60, "minutes")]
        for (length, name) in units where seconds >= 2 * length {
            return "\(seconds / length) \(name)"
        }
        return "\(max(seconds, 0)) seconds"
    }
}

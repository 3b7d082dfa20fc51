// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// A prediction's fields as people read them: `4.2 ± 0.8`, and where four of five ratings lie.
struct PredictionFields {
    /// The 90% quantile of the standard normal distribution: an 80% interval is so many deviations
    /// to either side.
    private static let quantile = 1.281_551_565_544_600_5

    /// The fields to list.
    let fields: [ReceivedReply.Field]
    /// `4.2 ± 0.8`; nil for replies without a deviation.
    let stars: String?

    /// Replaces deviation, low and high by one field; fields of other replies stay as they are.
    init(_ fields: [ReceivedReply.Field]) {
        func number(_ name: String) -> Double? {
            fields.first { $0.name == name }?.value.flatMap(Double.init)
        }
        guard let stars = number("stars"), let deviation = number("deviation"),
            let low = number("low"), let high = number("high")
        else {
            self.fields = fields
            self.stars = nil
            return
        }
        let half = Numerals.fixed(Self.quantile * deviation, digits: 1)
        self.stars = "\(Numerals.fixed(stars, digits: 1)) ± \(half)"
        let range =
            "\(Numerals.fixed(low, digits: 1)) to \(Numerals.fixed(high, digits: 1))"
        self.fields = fields.compactMap { field in
            switch field.name {
            case "deviation": ReceivedReply.Field("80%_interval", range)
            case "low", "high": nil
            default: field
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// One figure of ours, with a peer's figure of the same run and the target where there are such.
struct Comparison {
    /// What a figure is counted in.
    enum Unit: String {
        case stars
        case share
        case seconds = "s"
        case microseconds = "µs"
        case bytesPerRating = "B/rating"
        case ratings
        case perSecond = "/s"

        /// The digits that mean something.
        var decimals: Int {
            switch self {
            case .stars, .share: 4
            case .seconds: 3
            case .microseconds, .bytesPerRating, .ratings: 1
            case .perSecond: 0
            }
        }
    }

    /// A figure of something else.
    struct Peer {
        let name: String
        let value: Double

        /// Nil without a figure, so that a missing peer is a missing comparison.
        init?(_ name: String, _ value: Double?) {
            guard let value else { return nil }
            self.name = name
            self.value = value
        }
    }

    /// What was measured.
    let name: String
    /// What the figures are counted in.
    let unit: Unit
    /// Our figure.
    let value: Double
    /// The figure beside it.
    let peer: Peer?
    /// What our figure ought to be.
    let target: Target?

    init(
        _ name: String, _ unit: Unit, _ value: Double, beside peer: Peer? = nil,
        target: Target? = nil
    ) {
        self.name = name
        self.unit = unit
        self.value = value
        self.peer = peer
        self.target = target
    }

    /// Our figure over the peer's; nil without one, or where it is 0.
    var ratio: Double? { peer.flatMap { $0.value == 0 ? nil : value / $0.value } }

    /// Whether the target is met; nil without one, or without the peer's figure it needs.
    var isMet: Bool? { target.flatMap { $0.isMet(by: value, beside: peer?.value) } }
}

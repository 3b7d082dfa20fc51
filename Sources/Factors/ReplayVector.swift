// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Some numbers by name, out of all that are needed to compute a score again without a head's code.
public struct ReplayVector: Sendable, Equatable {
    /// Numbers in the precision in which the head holds them.
    public enum Numbers: Sendable, Equatable {
        /// As floats.
        case single([Float])
        /// As doubles.
        case double([Double])
    }

    /// What the numbers are; `protocol/REPLAY.md` says what each name means.
    public let name: String
    /// Which sample they belong to, from 0; nil for all.
    public let sample: Int?
    /// Which rated item they belong to; nil for none.
    public let item: ItemIndex?
    /// The numbers.
    public let numbers: Numbers

    init(_ name: String, sample: Int? = nil, item: Int32? = nil, _ numbers: [Double]) {
        self.name = name
        self.sample = sample
        self.item = item.map(ItemIndex.init(rawValue:))
        self.numbers = .double(numbers)
    }

    init(_ name: String, sample: Int? = nil, item: Int32? = nil, single: some Sequence<Float>) {
        self.name = name
        self.sample = sample
        self.item = item.map(ItemIndex.init(rawValue:))
        numbers = .single(Array(single))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension BayesianHead {
    /// "CBAY" in ASCII.
    private static let magic: UInt32 = 0x5941_4243
    /// 1, with attributes 1 more, with neighbours 2 more.
    private static let layouts: ClosedRange<UInt32> = 1...4
    private static let headerBytes = 8 + 11 * 8 + 13 * 8

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CBAY" and layout 1, or 1 more with attributes and 2 more with neighbours (u32 each); items, users, factors, kept samples, sweeps, burn-in,
    /// samples asked for and, in the upper half, by how many draws more than one they are averages, implicit sets (0 or 1), times (0 or 1), components, seed (u64 each); μ, σ, the
    /// options' two link strengths, two noise shapes and prior scale, and variance, step and pause
    /// of two components (f64 each); a_u, a_i and the items' damped means (f32); then for each sample α, m, Λ, the
    /// population's mean (f64), designs, biases, means and, with implicit sets, B (f32), rows padded. With
    /// attributes these follow, see `AttributeInputs`, and each sample's shifts (f32); and at the end the
    /// neighbours, see `ItemNeighbours`, and before them how many were asked for (u64).
    /// Equal heads have equal bytes.
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(UInt32(1 + (inputs.isEmpty ? 0 : 1) + (designs.neighbours == nil ? 0 : 2)))
        let counts = [
            itemCount, userPrecisions.count, options.factors, samples.count, options.sweeps,
            options.burnIn,
            options.samples + (options.averaged - 1) << 32, hasLink ? 1 : 0, hasTimes ? 1 : 0,
            options.sequence.count,
        ]
        for count in counts { writer.write(UInt64(count)) }
        writer.write(options.seed)
        let absent = SequenceComponent(variance: 0, step: 0, pause: 0)
        let components = (options.sequence + [absent, absent]).prefix(2)
        let numbers =
            [
                mean, deviation, options.userLinkStrength, options.itemLinkStrength,
                options.userNoiseShape, options.itemNoiseShape, options.priorScale,
            ] + components.flatMap { [$0.variance, $0.step, $0.pause] }
        writer.write(block: numbers)
        writer.write(block: userPrecisions)
        writer.write(block: itemPrecisions)
        writer.write(block: itemMeans)
        for sample in samples {
            writer.write(sample.noise)
            writer.write(block: sample.priorMean)
            writer.write(block: sample.priorPrecision)
            writer.write(block: sample.population)
            writer.write(sample.designs)
            writer.write(block: sample.biases)
            writer.write(block: sample.means)
            writer.write(sample.link)
        }
        if !inputs.isEmpty {
            inputs.write(to: &writer)
            for sample in samples { writer.write(block: sample.shifts) }
        }
        if let neighbours = designs.neighbours {
            writer.write(UInt64(options.neighbours))
            neighbours.write(to: &writer)
        }
        return writer.bytes
    }

    private var hasLink: Bool { !(samples.first?.link.isEmpty ?? true) }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(Self.headerBytes)
        let layout = try reader.readKind(
            Self.magic, named: "Bayesian rating", layouts: Self.layouts)
        let (hasInputs, hasNeighbours) = ((layout - 1) & 1 == 1, (layout - 1) & 2 == 2)
        let counts = try Counts(&reader)
        let numbers: [Double] = try reader.block(13, "options")
        guard numbers[1] > 0, numbers[2...6].allSatisfy({ $0 > 0 }),
            numbers[7...].allSatisfy({ $0 >= 0 && $0 <= 100 })
        else { throw .invalidField(name: "options") }
        try reader.require(counts.bodyBytes)
        let userPrecisions: [Float] = try reader.block(counts.users, "user precisions")
        let itemPrecisions: [Float] = try reader.block(counts.items, "item precisions")
        guard itemPrecisions.allSatisfy({ $0 > 0 }) else {
            throw .invalidField(name: "item precisions")
        }
        let itemMeans: [Float] = try reader.block(counts.items, "item means")
        var samples: [BayesianSample] = []
        for _ in 0..<counts.samples { samples.append(try Self.sample(counts, &reader)) }
        var inputs = AttributeInputs.none
        if hasInputs {
            inputs = try AttributeInputs(&reader, userCount: counts.users)
            let length = inputs.columnCount * counts.width
            try reader.require(samples.count * length * 4)
            for place in samples.indices {
                samples[place].shifts = try reader.block(length, "shifts of groups")
            }
        }
        var options = counts.options(numbers)
        var neighbours: ItemNeighbours?
        if hasNeighbours {
            options.neighbours = try reader.count(
                1...BayesianOptions.neighboursMax, "neighbour count")
            neighbours = try ItemNeighbours(
                &reader, itemCount: counts.items, most: options.neighbours)
        }
        try reader.requireEnd(after: 0)
        self.init(
            RatingMoments(mean: numbers[0], deviation: numbers[1]), samples,
            userPrecisions: userPrecisions, itemPrecisions: itemPrecisions,
            itemMeans: itemMeans, hasTimes: counts.hasTimes, inputs: inputs,
            neighbours: neighbours, options: options)
    }

    private static func sample(
        _ counts: Counts, _ reader: inout HeadBytesReader
    ) throws(HeadBytesError) -> BayesianSample {
        let width = counts.width
        let noise = try reader.double("noise")
        guard noise > 0 else { throw .invalidField(name: "noise") }
        let priorMean: [Double] = try reader.block(width, "prior mean")
        let precision: [Double] = try reader.block(width * width, "prior precision")
        let population: [Double] = try reader.block(width, "population mean")
        let designs: [Float] = try reader.block(counts.items * width, "item designs")
        let biases: [Float] = try reader.block(counts.items, "item biases")
        let means: [Float] = try reader.block(counts.items * width, "item means")
        let link: [Float] = try reader.block(counts.hasLink ? counts.items * width : 0, "link")
        return BayesianSample(
            width: width, designs: FrozenArray(designs), biases: biases, means: means,
            noise: noise, priorMean: priorMean, priorPrecision: precision, population: population,
            link: FrozenArray(link))
    }

    /// The sizes that a head's bytes begin with.
    private struct Counts {
        let items: Int
        let users: Int
        let factors: Int
        let samples: Int
        let hasLink: Bool
        let hasTimes: Bool
        private let sweeps: Int
        private let burnIn: Int
        private let samplesAsked: Int
        private let averaged: Int
        private let components: Int
        private let seed: UInt64

        init(_ reader: inout HeadBytesReader) throws(HeadBytesError) {
            var values: [Int] = []
            for (name, range) in [
                ("item count", 0...(1 << 31) - 1), ("user count", 0...(1 << 31) - 1),
                ("factor count", 1...255), ("kept sample count", 1...1000),
                ("sweep count", 1...10_000), ("burn-in", 0...9_999),
                ("sample count", 1...(999 << 32 + 1000)),
                ("implicit sets", 0...1), ("times", 0...1), ("component count", 0...2),
            ] {
                let value = reader.integer(UInt64.self)
                guard value <= UInt64(Int.max), range.contains(Int(value)) else {
                    throw .invalidField(name: name)
                }
                values.append(Int(value))
            }
            (items, users, factors, samples) = (values[0], values[1], values[2], values[3])
            (sweeps, burnIn, samplesAsked) = (values[4], values[5], values[6] & 0xFFFF_FFFF)
            averaged = values[6] >> 32 + 1
            guard (1...1000).contains(samplesAsked) else {
                throw .invalidField(name: "sample count")
            }
            (hasLink, hasTimes, components) = (values[7] == 1, values[8] == 1, values[9])
            seed = reader.integer(UInt64.self)
        }

        var width: Int { FactorMatrix.stride(forColumns: factors + 1) }

        /// How many bytes follow the header.
        var bodyBytes: Int {
            let doubles = 1 + 2 * width + width * width
            let floats = items * (1 + (hasLink ? 3 : 2) * width)
            return 4 * (users + 2 * items) + samples * (8 * doubles + 4 * floats)
        }

        func options(_ numbers: [Double]) -> BayesianOptions {
            BayesianOptions(
                factors: factors, sweeps: sweeps, burnIn: burnIn, samples: samplesAsked,
                averaged: averaged,
                implicitSets: hasLink, userLinkStrength: numbers[2],
                itemLinkStrength: numbers[3], userNoiseShape: numbers[4],
                itemNoiseShape: numbers[5], priorScale: numbers[6],
                sequence: (0..<components).map { place in
                    SequenceComponent(
                        variance: numbers[7 + 3 * place], step: numbers[8 + 3 * place],
                        pause: numbers[9 + 3 * place])
                }, neighbours: 0, seed: seed)
        }
    }
}

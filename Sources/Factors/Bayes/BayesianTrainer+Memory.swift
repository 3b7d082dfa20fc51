// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianTrainer {
    /// The memory that `train` takes on a matrix of `size` with `features` of `featureColumns` columns
    /// and `inputs`, on `threads` threads, at most: as if the ratings had times and some items none.
    public static func memory(
        for size: MatrixSize, featureColumns: Int, inputs: AttributeInputs = .none,
        options: BayesianOptions, threads: Int
    ) -> TrainingMemory {
        let width = FactorMatrix.stride(forColumns: options.factors + 1)
        let rows = size.users + size.items
        let table = 4 * width
        let count = min(options.samples, options.sweeps)
        let sample =
            (options.implicitSets ? 3 : 2) * size.items * table + 4 * size.items
            + 8 * (width * width + 3 * width)
        // With one more and a table in copies, for what items nobody has rated get.
        let samples = (count + 1) * sample + size.items * table
        let designs = DesignTable.byteCount(items: size.items, columns: width * count + 1)
        let features = 8 * size.items * (2 * featureColumns + 6)
        // Vectors and designs of both sides, the items' means, and numbers of each row.
        let state = 2 * (rows + 2) * table + (size.items + 1) * table + 72 * rows
        let sums = TrainingMemory.blockSums(
            rows: max(size.users, size.items), width: width, elementBytes: 4,
            threads: threads)
        let scratch = 4 * max(threads, 1) * BatchScratch.floatCount(width: width)
        // The draws of one average, their tables side by side three times, and its own.
        let averaging =
            options.isAveraged
            ? (options.averaged + 1) * (sample + 3 * size.items * table + 24 * width * width)
                + 8 * rows + 16 * size.items
            : 0
        let given = AttributeRegression.memory(
            for: size, inputs: inputs, sampleCount: count, width: width)
        let neighbours = NeighbourLearning.memory(
            for: size, count: options.neighbours, columns: width * count + 1, threads: threads)
        return TrainingMemory(
            peakBytes: state + sums + scratch + averaging + samples + designs + features
                + given.peakBytes + neighbours.peakBytes
                + (options.implicitSets ? ImplicitLink.byteCountOfBoth(size, width: width) : 0),
            headBytes: count * sample + designs + 8 * rows + 16 * size.items + given.headBytes
                + neighbours.headBytes,
            columns: width * count + 1)
    }
}

extension AttributeRegression {
    /// What `learned` takes beside the head, and what the head has more for it.
    fileprivate static func memory(
        for size: MatrixSize, inputs: AttributeInputs, sampleCount: Int, width: Int
    ) -> (peakBytes: Int, headBytes: Int) {
        guard !inputs.isEmpty else { return (0, 0) }
        let (columns, targets) = (inputs.columnCount, sampleCount * width)
        let head =
            (4 * size.users + 16) * inputs.attributes.count + 4 * columns * targets + 16
        // Each user's groups, in copies, the vectors of some of them, and the sums' and the
        // coefficients' copies.
        let users = (64 + 24 * inputs.attributes.count) * size.users
        let vectors = 8 * 2 * min(usersAtOnce, size.users) * targets
        let padded = FactorMatrix.stride(forColumns: columns)
        let tables = 8 * (5 * columns * targets + 6 * padded * padded)
        return (2 * head + users + vectors + tables, head)
    }
}

extension NeighbourLearning {
    /// What `learned` takes beside the head of `columns` columns, and what the head has more for it.
    fileprivate static func memory(
        for size: MatrixSize, count: Int, columns: Int, threads: Int
    ) -> (peakBytes: Int, headBytes: Int) {
        guard count > 0 else { return (0, 0) }
        let head = (12 * count + 8) * size.items
        // Residuals of all ratings and, at worst as many, of some users once more; sums of items and lists
        // of their neighbours; and a user's vector on each thread.
        let items = (32 + 16 * count + 8 * max(threads, 1)) * size.items
        return (2 * head + 8 * size.ratings + items + 8 * columns * threads, head)
    }
}

extension ImplicitLink {
    /// The bytes of the links of users and of items together, and of what their draws take.
    fileprivate static func byteCountOfBoth(_ size: MatrixSize, width: Int) -> Int {
        let (rows, table) = (size.users + size.items, 4 * width)
        // Four tables of each link, of rows and of features by turns, and numbers of each row.
        let links = 4 * (rows + 4) * table + 16 * rows
        let smaller = min(size.users, size.items)
        guard smaller <= BayesianOptions.linkInverseMax else {
            return links + 3 * max(size.users, size.items) * table + 8 * rows
        }
        let gram = (smaller + 1) * FactorMatrix.stride(forColumns: max(smaller, 1)) * 4
        return links + 2 * gram + 64 * FactorMatrix.stride(forColumns: max(smaller, 1)) * 4
    }
}

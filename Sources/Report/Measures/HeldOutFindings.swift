// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings
public import Trust

/// What the served models, trained again without part of every user's ratings, and simple ones are
/// worth on that part.
public struct HeldOutFindings: Sendable {
    /// The served heads measured user by user, as an audit does.
    public let measurements: HeldOutMeasurements
    /// How many ratings the models learned from.
    public let trainCount: Int
    /// How many ratings were held out.
    public let testCount: Int
    /// The SHA-256 of which they are.
    public let splitHash: String
    /// The SHA-256 of both heads' bytes.
    public let modelHash: String
    /// Rating models, the served one last.
    public let ratings: [RatingQualityRow]
    /// Rankings, the served one last.
    public let lists: [ListQualityRow]
    /// How predictions and ratings agree.
    public let calibration: CalibrationCurve
    /// How often the served model's intervals hold; nil where it has none.
    public let coverage: CoverageCurve?

    /// Both heads as they were trained on what is not held out.
    public typealias Heads = (rating: any ServableHead, ranking: any ServableHead)

    /// Measures `heads`, of which `measurements` is what an audit says, and baselines.
    ///
    /// - Parameters:
    ///   - measurements: The heads measured on `test`.
    ///   - heads: The served models trained on `train`.
    ///   - train: The ratings that models learn from.
    ///   - test: The ratings held out.
    ///   - scale: The range of ratings.
    ///   - threads: Threads; the results do not depend on them.
    ///   - hash: Gives the SHA-256 of bytes in hexadecimal digits.
    ///   - progress: Gets 0…1 and a stage; returns false to cancel.
    /// - Throws: As trainers do.
    public init(
        _ measurements: HeldOutMeasurements, heads: Heads, train: RatingMatrix,
        test: RatingMatrix, scale: RatingScale, threads: Int, hash: ([UInt8]) -> String,
        progress: (Double, String) -> Bool
    ) throws(TrainingError) {
        var (ratings, lists) = try Self.baselines(train, test, scale, threads, hash) {
            progress(0.9 * $0, $1)
        }
        guard progress(0.9, "measuring lists") else { throw .cancelled }
        let popular = try PopularityHead.train(train)
        let modelHash = hash(heads.rating.factorBytes + heads.ranking.factorBytes)
        lists.insert(
            ListQualityRow(
                id: "popular", title: "Most rated items", hash: hash(popular.factorBytes),
                lists: Self.lists(popular, train, test, scale, threads), itemCount: test.itemCount),
            at: 0)
        lists.append(
            ListQualityRow(
                id: "stars", title: "Highest predicted stars", hash: modelHash,
                lists: Self.lists(heads.rating, train, test, scale, threads),
                itemCount: test.itemCount))
        let qualities = measurements.users.compactMap(\.quality)
        lists.append(
            ListQualityRow(
                id: "served", title: "Candor, ranking model", isServed: true, hash: modelHash,
                lists: RankingMetrics(
                    cutoff: measurements.cutoff, users: qualities,
                    skippedUserCount: measurements.users.count - qualities.count),
                itemCount: measurements.itemCount))
        ratings.append(Self.served(measurements, modelHash))
        self.measurements = measurements
        self.ratings = ratings
        self.lists = lists
        self.modelHash = modelHash
        trainCount = train.count
        testCount = test.count
        splitHash = SplitHash.of(test, hash)
        calibration = CalibrationCurve(measurements, scale: scale)
        guard progress(0.95, "measuring intervals") else { throw .cancelled }
        coverage = (heads.rating as? any UncertainHead).map {
            Self.coverage($0, train, test, threads)
        }
    }

    /// Rating baselines, and of those that also rank the lists.
    private static func baselines(
        _ train: RatingMatrix, _ test: RatingMatrix, _ scale: RatingScale, _ threads: Int,
        _ hash: ([UInt8]) -> String, _ progress: (Double, String) -> Bool
    ) throws(TrainingError) -> ([RatingQualityRow], [ListQualityRow]) {
        let models = ReportModel.baselines(threads: threads)
        var (ratings, lists): ([RatingQualityRow], [ListQualityRow]) = ([], [])
        for (place, model) in models.enumerated() {
            let stage = "baselines on ratings held out: \(model.title)"
            let head = try model.train(train) {
                progress((Double(place) + $0) / Double(models.count), stage)
            }
            guard progress(Double(place + 1) / Double(models.count), stage) else {
                throw .cancelled
            }
            let bytes = hash(head.factorBytes)
            let errors = errors(head, train, test, scale, threads)
            ratings.append(
                RatingQualityRow(
                    id: model.id, title: model.title, isServed: false, hash: bytes,
                    rmse: errors.rmse, mae: errors.mae, bias: errors.bias))
            guard model.id == RatingModelName.svdZero.rawValue else { continue }
            lists.append(
                ListQualityRow(
                    id: model.id, title: "\(model.title), as a ranking", hash: bytes,
                    lists: self.lists(head, train, test, scale, threads),
                    itemCount: test.itemCount))
        }
        return (ratings, lists)
    }

    private static func served(
        _ measurements: HeldOutMeasurements, _ hash: String
    ) -> RatingQualityRow {
        let count = Double(measurements.users.reduce(0) { $0 + $1.errors.count })
        return RatingQualityRow(
            id: "served", title: "Candor, rating model", isServed: true, hash: hash,
            rmse: (measurements.users.reduce(0) { $0 + $1.squaredError } / count).squareRoot(),
            mae: measurements.users.reduce(0) { $0 + $1.absoluteError } / count,
            bias: measurements.users.reduce(0) { $0 + $1.signedError } / count)
    }

    private static func errors(
        _ head: some LinearHead, _ train: RatingMatrix, _ test: RatingMatrix,
        _ scale: RatingScale, _ threads: Int
    ) -> RatingMetrics {
        RatingMetrics(of: head, train: train, test: test, scale: scale, threads: threads)
    }

    private static func lists(
        _ head: some LinearHead, _ train: RatingMatrix, _ test: RatingMatrix,
        _ scale: RatingScale, _ threads: Int
    ) -> RankingMetrics {
        RankingMetrics(
            of: head, train: train, test: test, cutoff: HeldOutMeasurements.listLength,
            threshold: scale.relevanceThreshold, threads: threads)
    }

    private static func coverage(
        _ head: some UncertainHead, _ train: RatingMatrix, _ test: RatingMatrix, _ threads: Int
    ) -> CoverageCurve {
        CoverageCurve(of: head, train: train, test: test, threads: threads)
    }
}

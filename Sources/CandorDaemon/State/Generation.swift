// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
import Glibc
import RatingFiles
public import Ratings
public import Trust

/// Everything that answers are made from, frozen: data, trained heads and what follows from them.
///
/// A request works from one generation from its first byte to its last.
public final class Generation: Sendable {
    /// What it says of itself.
    public let manifest: GenerationManifest
    /// The data it was trained on.
    public let data: GenerationData
    /// Predicts ratings.
    public let ratingHead: any ServableHead
    /// Ranks items.
    public let rankingHead: any ServableHead
    /// The rating head where it knows how uncertain it is.
    let uncertainHead: (any UncertainHead)?
    /// The rating head where it matters to it when a rating is given.
    let timedHead: (any TimedHead)?
    /// The rating head where it can be given attributes of users.
    let attributedHead: (any AttributedHead)?
    /// What users without history get.
    public let popularity: Popularity
    /// Finds items by title, popular ones first.
    public let titles: TitleIndex
    /// The names of all genres of the catalogue, in the order of the items.
    let genreNames: [String]

    /// Numbers a finished training and computes its hashes.
    ///
    /// `training` says which models the heads are and `journalSequence` is the newest journal entry that `data` contains; without
    /// `createdAtSeconds` it was created now. `forgottenCount` users were taken out of the data since the
    /// heads were trained, and `gates` is what was found of them. O(ratings). Traps when a head has another number of
    /// items than the data.
    public convenience init(
        number: Int, data: GenerationData, ratingHead: any ServableHead,
        rankingHead: any ServableHead, training: TrainingOptions, journalSequence: Int64,
        trainingSeconds: Double, createdAtSeconds: Int64? = nil, forgottenCount: Int = 0,
        gates: GateVerdict? = nil
    ) {
        let sum = data.matrix.byUser.values.reduce(0.0) { $0 + Double($1) }
        let manifest = GenerationManifest(
            number: number, createdAtSeconds: createdAtSeconds ?? Int64(time(nil)),
            trainingSeconds: trainingSeconds,
            datasetName: data.name, isSynthetic: data.isSynthetic, userCount: data.users.count,
            itemCount: data.items.count, ratingCount: data.matrix.count,
            scaleMinimum: data.scale.minimum, scaleMaximum: data.scale.maximum,
            journalSequence: journalSequence, meanRating: sum / Double(max(data.matrix.count, 1)),
            training: training,
            dataHash: ContentHash.text(GenerationDataFile.encode(data).hash),
            factorHash: ContentHash.sha256(ratingHead.factorBytes + rankingHead.factorBytes),
            forgottenUsers: forgottenCount == 0 ? nil : forgottenCount, gates: gates)
        self.init(
            manifest: manifest, data: data, ratingHead: ratingHead, rankingHead: rankingHead)
    }

    /// Puts together what was saved; the caller has checked that the parts belong together.
    init(
        manifest: GenerationManifest, data: GenerationData, ratingHead: any ServableHead,
        rankingHead: any ServableHead
    ) {
        precondition(
            ratingHead.itemCount == data.items.count && rankingHead.itemCount == data.items.count,
            "a head of other items")
        self.manifest = manifest
        self.data = data
        self.ratingHead = ratingHead
        self.rankingHead = rankingHead
        uncertainHead = ratingHead as? any UncertainHead
        timedHead = ratingHead as? any TimedHead
        attributedHead = ratingHead as? any AttributedHead
        popularity = Popularity(data.matrix)
        titles = TitleIndex(data.items, popularity: popularity.counts)
        var seen: Set<String> = []
        genreNames = data.items.items.flatMap(\.genres).filter { seen.insert($0).inserted }
    }

    /// The same generation with what the gates found of it.
    func judged(_ verdict: GateVerdict) -> Generation {
        var manifest = manifest
        manifest.gates = verdict
        return Generation(
            manifest: manifest, data: data, ratingHead: ratingHead, rankingHead: rankingHead)
    }

    /// The generation's number.
    public var number: Int { manifest.number }
    /// All users of the data.
    public var users: UserTable { data.users }
    /// All items of the data.
    public var items: Catalogue { data.items }
    /// The ratings it was trained on.
    public var matrix: RatingMatrix { data.matrix }
    /// The range of rating values.
    public var scale: RatingScale { data.scale }

    /// The ratings of `user` of this moment; empty for somebody unknown.
    public func profile(of user: UserID, with overlay: RatingOverlay) -> Profile {
        overlay.profile(of: user, users: users, items: items, matrix: matrix)
    }
}

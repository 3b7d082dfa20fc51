// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    /// Options that mitigate a list: RECOMMEND's, and EXPLAIN's about such a list.
    static let mitigationOptions: [ArgumentSpecification] = [
        .init(
            "calibrated", .number(0...1),
            "how much the list's genres should be like the user's; default not at all"),
        .init(
            "novelty", .number(0...1),
            "how much rarely rated items gain, some hundredths; default nothing"),
        .init(
            "floor", .floors,
            "what the list must hold, like tail:3,1970s:20%,Film-Noir:1; default nothing"),
    ]

    static let mitigationDetail = [
        "novelty=b adds -b ln(share of users who rated the item); items nobody has",
        "rated stay out. calibrated=c fills the list place by place (Steck 2018): score",
        "is then what the item adds to (1 - c) times the sum of scores less c times the",
        "divergence of the list's genres from those of what the user likes. floor: tail",
        "is all but the most rated items that hold four fifths of the ratings; a floor",
        "that cannot be met is refused. With any of the three, before is the rank",
        "without them; EXPLAIN with the same options tells what they add to the score.",
    ]

    static let trainingMitigationOptions: [ArgumentSpecification] = [
        .init(
            "mitigate", .choice(Request.RetrainOptions.mitigationMethods),
            "against differences between groups; default nothing"),
        .init("attribute", .attribute, "whose groups; needed with mitigate"),
        .init(
            "strength", .number(0...1e9),
            "how much; default reweight 1, minimax 3, parity 1000, erase 1"),
    ]

    static let trainingMitigationDetail = [
        "mitigate: reweight lets ratings of a group weigh (1 / its part of",
        "them)^strength; minimax lets groups weigh by how badly they are predicted, in",
        "rounds; parity adds strength times the squared difference of the groups' mean",
        "scores to what every item minimizes; erase takes the linear trace of the",
        "attribute out of the users' vectors (LEACE), strength being the part. The",
        "first three need the groups only for the items' side of training, erase for",
        "fitting one map for all: no score asks for anybody's group. It is not kept:",
        "RETRAIN without mitigate is plain again.",
    ]
}

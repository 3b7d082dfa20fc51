// SPDX-License-Identifier: GPL-3.0-or-later

extension Request.RetrainOptions {
    /// The options of a RETRAIN; throws for ways to mitigate that are not complete.
    init(_ arguments: CheckedArguments) throws(WireError) {
        self.init()
        mitigation = try Self.mitigation(arguments)
        rating = arguments["rating"] == nil ? nil : arguments.text("rating")
        ranking = arguments["ranking"] == nil ? nil : arguments.text("ranking")
        seed = arguments.integer("seed")
        ratingFactors = arguments.integer("rating_factors")
        rankingFactors = arguments.integer("ranking_factors")
        sweeps = arguments.integer("sweeps")
        threads = arguments.integer("threads")
        data = arguments["data"] == nil ? nil : arguments.text("data")
        demographics = arguments.items("demographics")
        isForced = arguments[Request.Steering.force] != nil
    }

    private static func mitigation(
        _ arguments: CheckedArguments
    ) throws(WireError) -> Request.Mitigation? {
        let strength = arguments["strength"] == nil ? nil : arguments.number("strength")
        let attribute = arguments["attribute"] == nil ? nil : arguments.text("attribute")
        guard arguments["mitigate"] != nil else {
            guard strength == nil, attribute == nil else {
                throw WireError(
                    .badValue,
                    "strength= and attribute= say how to mitigate; name the way too, mitigate="
                        + mitigationMethods.joined(separator: "|"))
            }
            return nil
        }
        guard let attribute else {
            throw WireError(
                .badValue,
                "mitigate= needs attribute=, whose groups are meant, for example gender; INFO lists "
                    + "what the data has")
        }
        return Request.Mitigation(
            method: arguments.text("mitigate"), attribute: attribute, strength: strength)
    }
}

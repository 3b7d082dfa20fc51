// SPDX-License-Identifier: GPL-3.0-or-later

/// Made-up users with demographics in about MovieLens 1M's proportions.
struct SyntheticUsers {
    let table: UserTable
    let groups: [Int32]
    let biases: [Double]
    let deviations: [Double]

    private static let genderWeights = [0.28, 0.72]
    private static let ageWeights = [0.04, 0.18, 0.35, 0.20, 0.09, 0.08, 0.06]

    init(_ options: SyntheticOptions) {
        let random = CounterRandom(seed: options.seed, stream: SyntheticStream.users)
        let biasRandom = CounterRandom(seed: options.seed, stream: SyntheticStream.userBiases)
        let genderDraw = WeightedDraw(Self.genderWeights)
        let ageDraw = WeightedDraw(Self.ageWeights)
        var ids: [UserID] = []
        var genders: [Int32] = []
        var ages: [Int32] = []
        var occupations: [Int32] = []
        var groups: [Int32] = []
        var biases: [Double] = []
        for user in 0..<options.userCount {
            let counter = 4 * UInt64(user)
            // A number is always a valid identifier, so every user is added.
            if let id = UserID(String(user + 1)) { ids.append(id) }
            genders.append(Int32(genderDraw.position(random.uniform(counter))))
            ages.append(Int32(ageDraw.position(random.uniform(counter + 1))))
            occupations.append(
                Int32(random.integer(below: Demographics.occupations.count, counter + 2)))
            groups.append(Int32(random.integer(below: options.groupCount, counter + 3)))
            biases.append(0.35 * biasRandom.normal(UInt64(user)))
        }
        let oldest = Int32(Demographics.ageBrackets.count - 1)
        deviations = zip(genders, ages).map { gender, age in
            options.noise + (gender == 0 ? options.genderGap : 0)
                + (age == oldest ? options.ageGap : 0)
        }
        table = UserTable(
            ids,
            attributes: [
                UserAttribute(name: "gender", categories: Demographics.genders, codes: genders),
                UserAttribute(name: "age", categories: Demographics.ageBrackets, codes: ages),
                UserAttribute(
                    name: "occupation", categories: Demographics.occupations, codes: occupations),
            ])
        self.groups = groups
        self.biases = biases
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Invents distinct titles that sound like films and are none, in MovieLens' spelling.
struct SyntheticTitles {
    private let random: CounterRandom
    private var counter: UInt64 = 0
    private var taken: [String: Int] = [:]

    init(seed: UInt64) {
        random = CounterRandom(seed: seed, stream: SyntheticStream.titles)
    }

    /// A title that was not returned before, with its year: `Copper Lantern, The (1987)`.
    mutating func next(year: Int) -> String {
        let adjective = pick(Self.adjectives)
        let noun = pick(Self.nouns)
        let place = pick(Self.places)
        var article = ""
        var name: String
        switch random.integer(below: 5, take()) {
        case 0:
            name = "\(adjective) \(noun)"
            article = ", The"
        case 1: name = "\(noun) of \(place)"
        case 2: name = "\(adjective) \(noun) of \(place)"
        case 3:
            name = "\(noun) from \(place)"
            article = "AEIOU".contains(noun.prefix(1)) ? ", An" : ", A"
        default: name = "\(place)'s \(adjective) \(noun)"
        }
        let number = taken[name, default: 0] + 1
        taken[name] = number
        if number > 1 { name += " \(number)" }
        return "\(name)\(article) (\(year))"
    }

    private mutating func take() -> UInt64 {
        counter += 1
        return counter
    }

    private mutating func pick(_ words: [String]) -> String {
        words[random.integer(below: words.count, take())]
    }

    private static let adjectives = [
        "Amber", "Borrowed", "Brass", "Copper", "Crooked", "Distant", "Drowsy", "Electric",
        "Forgotten", "Gilded", "Glass", "Hollow", "Indigo", "Ivory", "Last", "Lucky", "Marble",
        "Midnight", "Nameless", "Paper", "Patient", "Quiet", "Rusty", "Scarlet", "Second",
        "Silver", "Sleepless", "Stubborn", "Tangled", "Velvet", "Wandering", "Winter",
    ]
    private static let nouns = [
        "Accordion", "Almanac", "Beekeeper", "Bell Tower", "Cartographer", "Clockmaker", "Comet",
        "Ferry", "Fiddler", "Gardener", "Harbour", "Heron", "Inkwell", "Juggler", "Lantern",
        "Lighthouse", "Locksmith", "Lullaby", "Masquerade", "Metronome", "Orchard", "Paperboy",
        "Postmaster", "Puppeteer", "Railway", "Saffron Thief", "Signalman", "Snowfall",
        "Spyglass", "Stowaway", "Tailor", "Windmill",
    ]
    private static let places = [
        "Abravelle", "Belmorrow", "Caldrith", "Dunwhistle", "Eastermoor", "Fenwarren",
        "Galdania", "Hollinstrand", "Iverlay", "Jorrendale", "Karsholm", "Lumeria", "Merrowick",
        "Nethersby", "Ostravar", "Pellinore Bay", "Quillhaven", "Ravensholt", "Sorrelton",
        "Tamberlane", "Umbervale", "Velmora", "Wexcombe", "Yarrowmere", "Zelenka Heights",
    ]
}

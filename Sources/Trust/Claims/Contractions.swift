// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes words such as `you've` and `film's` apart.
enum Contractions {
    /// The parts of a lower-case word whose apostrophes are `'`; the word itself when it is whole.
    static func parts(of word: String) -> [String] {
        guard word.contains("'") else { return [word] }
        switch word {
        case "can't": return ["can", "not"]
        case "won't": return ["will", "not"]
        case "let's": return [word]
        default: break
        }
        if word.hasSuffix("n't") { return [String(word.dropLast(3)), "not"] }
        for (ending, part) in endings where word.hasSuffix(ending) {
            return [String(word.dropLast(ending.count)), part]
        }
        guard word.hasSuffix("'s") else { return [word] }
        let stem = String(word.dropLast(2))
        return [stem, pronouns.contains(stem) ? "is" : "s"]
    }

    private static let endings = [
        ("'ve", "have"), ("'re", "are"), ("'ll", "will"), ("'d", "would"), ("'m", "am"),
    ]

    private static let pronouns: Set<String> = [
        "it", "that", "this", "there", "here", "what", "who", "he", "she",
    ]
}

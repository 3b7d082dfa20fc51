// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads numbers in digits and words: `53`, `fifty-three`, `four and a half`, `third`.
enum NumberWords {
    /// The number at `start` with its end; two where `and a half` may belong to it or not.
    static func numbers(_ tokens: [SentenceToken], _ start: Int) -> [(Int, WrittenNumber)] {
        guard start < tokens.count else { return [] }
        var found: [(Int, WrittenNumber)] = []
        if let number = tokens[start].number {
            found.append((start + 1, number))
        } else if let (end, value) = cardinal(tokens, start) {
            found.append((end, WrittenNumber(value: Double(value))))
        } else if word(tokens, start) == "half", ["a", "star"].contains(word(tokens, start + 1)) {
            let end = word(tokens, start + 1) == "a" ? start + 2 : start + 1
            return [(end, WrittenNumber(value: 0.5, halfUnit: 0.25))]
        }
        return found.flatMap { end, number -> [(Int, WrittenNumber)] in
            guard number.isWhole, let last = half(tokens, end) else { return [(end, number)] }
            return [
                (end, number),
                (last, WrittenNumber(value: number.value + 0.5, halfUnit: 0.25)),
            ]
        }
    }

    /// The end of `and a half` or `1/2` behind a number.
    private static func half(_ tokens: [SentenceToken], _ end: Int) -> Int? {
        for words in [["and", "a", "half"], ["and", "one", "half"], ["and", "half"]]
        where words.indices.allSatisfy({ word(tokens, end + $0) == words[$0] }) {
            return end + words.count
        }
        guard end + 2 < tokens.count, tokens[end].number?.value == 1,
            word(tokens, end + 1) == "slash", tokens[end + 2].number?.value == 2
        else { return nil }
        return end + 3
    }

    /// A part of a whole in words, in percent: `half`, `a third`, `two thirds`.
    static func part(_ tokens: [SentenceToken], _ start: Int) -> (Int, Double)? {
        for (phrase, percent) in parts
        where phrase.indices.allSatisfy({ word(tokens, start + $0) == phrase[$0] }) {
            return (start + phrase.count, percent)
        }
        return nil
    }

    /// The place that an ordinal names: `third`, `3rd`, `twenty-first`.
    static func ordinal(_ tokens: [SentenceToken], _ start: Int) -> (Int, Int)? {
        guard start < tokens.count else { return nil }
        if let place = tokens[start].ordinal { return (start + 1, place) }
        if let place = ordinals.firstIndex(of: tokens[start].word) { return (start + 1, place + 1) }
        guard let ten = tens[tokens[start].word],
            let unit = ordinals.prefix(9).firstIndex(of: word(tokens, start + 1))
        else { return nil }
        return (start + 2, ten + unit + 1)
    }

    /// The first year of a decade in words.
    static func decade(_ word: String) -> Int? { decades[word] }

    private static func word(_ tokens: [SentenceToken], _ position: Int) -> String {
        position < tokens.count ? tokens[position].word : ""
    }

    /// A whole number in words, as long as it goes.
    private static func cardinal(_ tokens: [SentenceToken], _ start: Int) -> (Int, Int)? {
        var position = start
        if ["a", "an"].contains(word(tokens, start)) {
            guard ["hundred", "thousand", "dozen"].contains(word(tokens, start + 1)) else {
                return nil
            }
            position += 1
        }
        var total = 0
        var group = 0
        var hasWord = false
        while position < tokens.count {
            let text = tokens[position].word
            if let unit = units.firstIndex(of: text) {
                guard group % 10 == 0, unit < 10 || group % 100 == 0 else { break }
                group += unit
            } else if let ten = tens[text] {
                guard group % 100 == 0 else { break }
                group += ten
            } else if text == "hundred" {
                group = max(group, 1) * 100
            } else if text == "thousand" {
                total += max(group, 1) * 1000
                group = 0
            } else if text == "dozen" {
                return (position + 1, max(group, 1) * 12)
            } else if text == "and", hasWord, isHundredOrMore(word(tokens, position - 1)),
                isSmall(word(tokens, position + 1))
            {
                position += 1
                continue
            } else {
                break
            }
            hasWord = true
            position += 1
        }
        return hasWord ? (position, total + group) : nil
    }

    private static func isHundredOrMore(_ word: String) -> Bool {
        word == "hundred" || word == "thousand"
    }

    private static func isSmall(_ word: String) -> Bool {
        units.contains(word) || tens[word] != nil
    }

    /// All words that can begin a number, a part, a place or a decade.
    static let vocabulary: Set<String> =
        Set(units + ordinals + parts.map { $0.0[0] } + Array(tens.keys) + Array(decades.keys))
        .union([
            "a", "an", "hundred", "thousand", "dozen", "half", "number", "hash", "no", "place",
            "position", "rank",
        ])

    private static let units = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen",
    ]

    private static let tens = [
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90,
    ]

    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
        "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ]

    private static let decades = [
        "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
        "seventies": 1970, "eighties": 1980, "nineties": 1990,
    ]

    private static let parts: [([String], Double)] = [
        (["two", "thirds"], 200.0 / 3), (["three", "quarters"], 75), (["one", "half"], 50),
        (["a", "half"], 50), (["half"], 50), (["one", "third"], 100.0 / 3),
        (["a", "third"], 100.0 / 3), (["third"], 100.0 / 3), (["one", "quarter"], 25),
        (["a", "quarter"], 25), (["quarter"], 25), (["a", "fifth"], 20), (["one", "fifth"], 20),
        (["a", "tenth"], 10), (["one", "tenth"], 10),
    ]
}

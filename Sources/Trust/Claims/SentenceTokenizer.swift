// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Cuts a text into words, numbers and marks.
///
/// Quotation marks, asterisks, underscores and backquotes are dropped: they dress text. What it
/// does not know, such as a pictograph, becomes a word that no sentence form has.
struct SentenceTokenizer {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var tokens: [SentenceToken] = []
    private var hasSpace = true
    private var lineBreaks = 1
    private var opensQuote = false
    private var isInQuote = false

    /// The tokens of `text`, in order, in O(characters).
    static func tokens(of text: String) -> [SentenceToken] {
        var tokenizer = SentenceTokenizer(scalars: Array(text.unicodeScalars))
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func run() {
        while let scalar = peek() {
            if scalar.properties.isWhitespace {
                if scalar == "\n" { lineBreaks += 1 }
                hasSpace = true
                position += 1
            } else if Self.isDigit(scalar) || isDecimalPoint() || isSign() {
                scanNumber()
            } else if Self.isWordPart(scalar) {
                scanWord()
            } else {
                scanMark(scalar)
            }
        }
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    private var previous: Unicode.Scalar? { position > 0 ? scalars[position - 1] : nil }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "\u{2019}" || scalar == "\u{2BC}"
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || (0x300..<0x370).contains(scalar.value)
            || (scalar.properties.numericType != nil && !isFraction(scalar))
    }

    static func isFraction(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "½" || scalar == "¼" || scalar == "¾"
    }

    private static let dashes: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "–", "—", "−"]

    /// A point that begins a number: `.92`.
    private func isDecimalPoint() -> Bool {
        peek() == "." && peek(1).map(Self.isDigit) == true
            && previous.map { !Self.isWordPart($0) } ?? true
    }

    /// A sign that belongs to the number behind it.
    private func isSign() -> Bool {
        guard let scalar = peek(), scalar == "-" || scalar == "−" || scalar == "+",
            previous.map({ $0.properties.isWhitespace || $0 == "(" }) ?? true
        else { return false }
        return peek(1).map { Self.isDigit($0) || $0 == "." } == true
    }

    private mutating func append(_ token: SentenceToken) {
        var token = token
        token.hasSpaceBefore = hasSpace && !token.isAttached
        token.opensQuote = opensQuote
        let isList = token.word == "dash" || token.number != nil
        token.beginsParagraph = lineBreaks >= 2 || lineBreaks == 1 && isList
        tokens.append(token)
        hasSpace = false
        opensQuote = false
        lineBreaks = 0
    }
}

// MARK: - Words

extension SentenceTokenizer {
    private mutating func scanWord() {
        let start = position
        while let scalar = peek() {
            let isInner =
                Self.isApostrophe(scalar) && peek(1).map(Self.isWordPart) == true
            guard Self.isWordPart(scalar) || Self.isDigit(scalar) || isInner else { break }
            position += 1
        }
        appendWord(start..<position)
    }

    private mutating func appendWord(_ range: Range<Int>) {
        var text = ""
        for scalar in scalars[range] {
            text.unicodeScalars.append(Self.isApostrophe(scalar) ? "'" : scalar)
        }
        let parts = Contractions.parts(of: text.lowercased())
        let titleWords = TitleText.words(of: text)
        for (place, part) in parts.enumerated() {
            append(
                SentenceToken(
                    word: TitleText.words(of: part).joined(),
                    titleWords: place == 0 ? titleWords : [], isAttached: place > 0,
                    isCapitalised: place == 0 && scalars[range.lowerBound].properties.isUppercase,
                    range: range))
        }
    }
}

// MARK: - Numbers

extension SentenceTokenizer {
    private mutating func scanNumber() {
        let start = position
        let isNegative = peek() == "-" || peek() == "−"
        if isNegative || peek() == "+" { position += 1 }
        var digits = ""
        var decimals: Int?
        var hasCommas = false
        while let scalar = peek() {
            if Self.isDigit(scalar) {
                digits.unicodeScalars.append(scalar)
                if let count = decimals { decimals = count + 1 }
            } else if scalar == ".", decimals == nil, peek(1).map(Self.isDigit) == true {
                if digits.isEmpty { digits = "0" }
                digits += "."
                decimals = 0
            } else if scalar == ",", decimals == nil, isThousands() {
                hasCommas = true
            } else {
                break
            }
            position += 1
        }
        var number = WrittenNumber(value: Double(digits) ?? .infinity)
        for _ in 0..<(decimals ?? 0) { number.halfUnit /= 10 }
        number.looksLikeYear = digits.utf8.count == 4 && decimals == nil && !hasCommas
        if let fraction = peek(), Self.isFraction(fraction), decimals == nil {
            number.value += fraction == "½" ? 0.5 : fraction == "¼" ? 0.25 : 0.75
            number.halfUnit = 0.25
            position += 1
        }
        if isNegative { number.value = -number.value }
        finish(number, from: start)
    }

    /// Whether exactly three digits follow the comma.
    private func isThousands() -> Bool {
        let follows = (1...3).allSatisfy { peek($0).map(Self.isDigit) == true }
        return follows && peek(4).map(Self.isDigit) != true
            && previous.map(Self.isDigit) == true
    }

    private mutating func finish(_ number: WrittenNumber, from start: Int) {
        let digitsEnd = position
        while let scalar = peek(), Self.isWordPart(scalar) { position += 1 }
        var suffix = ""
        for scalar in scalars[digitsEnd..<position] { suffix.unicodeScalars.append(scalar) }
        var token = SentenceToken(range: start..<position)
        token.titleWords = titleWords(start..<position)
        switch suffix.lowercased() {
        case "": token.number = number
        case "st", "nd", "rd", "th":
            token.ordinal = number.isWhole && number.value < 1e9 ? Int(number.value) : nil
            token.word = token.ordinal == nil ? "?number" : ""
        case "s" where number.isWhole && number.value >= 0 && number.value < 3000:
            let year = Int(number.value)
            token.decade = year % 10 == 0 ? (year < 100 ? 1900 + year : year) : nil
            token.word = token.decade == nil ? "?number" : ""
        default: token.word = "?number"
        }
        append(token)
    }

    private func titleWords(_ range: Range<Int>) -> [String] {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[range])
        return TitleText.words(of: text)
    }
}

// MARK: - Marks

extension SentenceTokenizer {
    private mutating func scanMark(_ scalar: Unicode.Scalar) {
        let start = position
        position += 1
        switch scalar {
        case "\"", "“", "”", "„", "«", "»":
            isInQuote.toggle()
            opensQuote = isInQuote
        case "'", "\u{2018}", "\u{2019}", "\u{2BC}":
            // An apostrophe that touches no word before it opens a quotation.
            if hasSpace { opensQuote = true }
        case "*", "_", "`": break
        case "★": scanStars(from: start)
        case "☆": break
        case "½", "¼", "¾":
            let value = scalar == "½" ? 0.5 : scalar == "¼" ? 0.25 : 0.75
            append(
                SentenceToken(
                    number: WrittenNumber(value: value, halfUnit: 0.125), range: start..<position))
        case _ where Self.dashes.contains(scalar): scanDash(from: start)
        case ".":
            while peek() == "." { position += 1 }
            append(SentenceToken(word: ".", range: start..<position))
        default: append(SentenceToken(word: Self.name(of: scalar), range: start..<position))
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case ",", ";", ":", "!", "?": String(scalar)
        case "…": "."
        case "(", "[": "lparen"
        case ")", "]": "rparen"
        case "#": "hash"
        case "%": "percent"
        case "/": "slash"
        case "&": "and"
        case "±": "plusminus"
        case "~", "≈": "about"
        case "=": "is"
        case "•", "·": "dash"
        default: "?mark"
        }
    }

    /// A row of stars is a number of stars: `★★★★½`.
    private mutating func scanStars(from start: Int) {
        var value = 1.0
        while let scalar = peek(), scalar == "★" || scalar == "½" || scalar == "☆" {
            value += scalar == "★" ? 1 : scalar == "½" ? 0.5 : 0
            position += 1
        }
        let number = WrittenNumber(value: value, halfUnit: 0.25)
        if tokens.last?.number == nil || hasSpace {
            append(SentenceToken(number: number, range: start..<position))
        }
        append(SentenceToken(word: "stars", range: start..<position))
    }

    /// A dash joins the parts of a word, spans a range of numbers, or stands like a comma.
    private mutating func scanDash(from start: Int) {
        while let scalar = peek(), Self.dashes.contains(scalar) { position += 1 }
        let before = start > 0 ? scalars[start - 1] : " "
        let after = peek() ?? " "
        let spansNumbers =
            tokens.last?.number != nil
            && (Self.isDigit(after) || after == " " && peek(1).map(Self.isDigit) == true)
        if spansNumbers {
            append(SentenceToken(word: "to", range: start..<position))
        } else if Self.isWordPart(before) && Self.isWordPart(after)
            || Self.isDigit(before) && Self.isWordPart(after)
            || Self.isWordPart(before) && Self.isDigit(after)
        {
            guard position - start == 1, scalars[start] != "—" else {
                append(SentenceToken(word: "dash", range: start..<position))
                return
            }
        } else {
            append(SentenceToken(word: "dash", range: start..<position))
        }
    }
}

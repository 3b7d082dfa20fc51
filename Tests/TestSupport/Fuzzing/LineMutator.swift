// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes request lines that are nearly right, the same ones for the same seed.
public struct LineMutator {
    private var random: SplitMix
    private let corpus: [[UInt8]]
    private let pieces: [[UInt8]]

    /// Starts from whole lines, which are changed, and pieces, which are put in or joined to lines.
    public init(seed: UInt64, corpus: [[UInt8]], pieces: [String]) {
        precondition(!corpus.isEmpty && !pieces.isEmpty, "there must be something to start from")
        random = SplitMix(seed: seed)
        self.corpus = corpus
        self.pieces = pieces.map { Array($0.utf8) }
    }

    /// The next line, without its end; it may hold line feeds of its own.
    public mutating func next() -> [UInt8] {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: noise()
        case 1..<8: sentence()
        default: mutate(corpus.randomElement(using: &random) ?? [])
        }
    }

    /// A number below `bound`, from the same source.
    public mutating func number(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &random)
    }

    private mutating func noise() -> [UInt8] {
        (0..<number(below: 40)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Pieces with blanks between them.
    private mutating func sentence() -> [UInt8] {
        var line: [UInt8] = []
        for _ in 0...number(below: 5) {
            line += pieces.randomElement(using: &random) ?? []
            if number(below: 8) > 0 { line.append(0x20) }
        }
        return line
    }

    /// Changes a line in none to four places.
    private mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var line = original
        for _ in 0..<number(below: 5) {
            let place = number(below: line.count + 1)
            switch number(below: 6) {
            case 0 where place < line.count:
                line[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1 where place < line.count: line.remove(at: place)
            case 2: line.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
            case 3: line.removeLast(line.count - place)
            case 4: line += line[place...]
            default: line.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
            }
        }
        return line
    }
}

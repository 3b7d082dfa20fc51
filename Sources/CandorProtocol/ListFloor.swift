// SPDX-License-Identifier: GPL-3.0-or-later

/// One exposure floor of a list: at least so many of its items must be of a kind.
///
/// Written `kind:amount`, for example `tail:3`, `1970s:20%` or `Film-Noir:1`.
public struct ListFloor: Sendable, Equatable {
    /// What items must be to count.
    public enum Kind: Sendable, Equatable {
        /// Items of the long tail.
        case tail
        /// Items released from this year, a multiple of ten, to nine years later.
        case decade(Int)
        /// Items of the genre with this name, whatever its case.
        case genre(String)
    }

    /// How many must.
    public enum Amount: Sendable, Equatable {
        /// So many items, at least 1.
        case items(Int)
        /// This part of the items asked for, 1…100, rounded up to whole items.
        case percent(Int)
    }

    /// What items must be to count.
    public let kind: Kind
    /// How many must.
    public let amount: Amount

    /// The most floors of one list.
    public static let countMax = 4

    /// Puts a floor together.
    public init(_ kind: Kind, _ amount: Amount) {
        self.kind = kind
        self.amount = amount
    }

    /// How many items of a list of `count` must be of the kind.
    public func minimum(of count: Int) -> Int {
        switch amount {
        case .items(let items): items
        case .percent(let percent): (percent * count + 99) / 100
        }
    }

    /// The kind as a request writes it: `tail`, `1970s` or a genre's name.
    public var kindText: String {
        switch kind {
        case .tail: Self.tailWord
        case .decade(let year): "\(year)s"
        case .genre(let name): name
        }
    }

    /// The floor as a request writes it.
    public var text: String {
        switch amount {
        case .items(let items): "\(kindText):\(items)"
        case .percent(let percent): "\(kindText):\(percent)%"
        }
    }

    /// Reads floors joined by commas; nil unless all are well formed and of different kinds.
    static func list(_ text: String) -> [ListFloor]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...countMax).contains(parts.count) else { return nil }
        var floors: [ListFloor] = []
        for part in parts {
            guard let floor = ListFloor(part),
                !floors.contains(where: { $0.kindText.lowercased() == floor.kindText.lowercased() })
            else { return nil }
            floors.append(floor)
        }
        return floors
    }

    private static let tailWord = "tail"

    private init?(_ text: Substring) {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let amount = Self.amount(text[text.index(after: colon)...])
        else { return nil }
        self.init(Self.kind(String(text[..<colon])), amount)
    }

    private static func amount(_ text: Substring) -> Amount? {
        let digits = text.last == "%" ? text.dropLast() : text
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy(ASCII.isDigit),
            let number = Int(digits), number >= 1
        else { return nil }
        guard text.last == "%" else { return number <= Limits.rowsMax ? .items(number) : nil }
        return number <= 100 ? .percent(number) : nil
    }

    private static func kind(_ text: String) -> Kind {
        if text.lowercased() == tailWord { return .tail }
        let year = text.dropLast()
        if text.last == "s", year.utf8.count == 4, year.utf8.last == UInt8(ascii: "0"),
            year.utf8.allSatisfy(ASCII.isDigit), let number = Int(year)
        {
            return .decade(number)
        }
        return .genre(text)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What the file `CURRENT` says: which generation serves, which did before, and whether that is
/// final.
///
/// ```
/// 000004
/// history 000003 000001
/// confirm-by 1764400000 300
/// ```
///
/// The first line alone is a whole record too. One file holds all of it, so that whatever moment a
/// crash comes at, a promotion and what is to become of it are there together or not at all.
struct ServingRecord: Sendable, Equatable {
    /// How many earlier generations are remembered.
    static let historyMax = 16

    /// The generation to serve.
    let number: Int
    /// Those that served before, the latest first, without `number`.
    let history: [Int]
    /// By when the promotion of `number` must be confirmed; nil when it is final.
    let confirmation: Confirmation?

    init(number: Int, history: [Int] = [], confirmation: Confirmation? = nil) {
        self.number = number
        self.history = Array(history.prefix(Self.historyMax))
        self.confirmation = confirmation
    }

    /// The record once `number` is promoted over `serving`, which need not be this record's number:
    /// that one may be damaged.
    func promoting(
        _ number: Int, over serving: Int, confirmation: Confirmation?
    ) -> ServingRecord {
        let earlier = ([serving] + history).filter { $0 != number }
        var seen: Set<Int> = []
        return ServingRecord(
            number: number, history: earlier.filter { seen.insert($0).inserted },
            confirmation: confirmation)
    }

    /// The record once `number`, one of the history, serves again.
    func rollingBack(to number: Int) -> ServingRecord {
        ServingRecord(number: number, history: Array(history.drop { $0 != number }.dropFirst()))
    }

    /// The record once the promotion is final.
    var confirmed: ServingRecord { ServingRecord(number: number, history: history) }

    /// The file's text.
    var text: String {
        var lines = [GenerationStore.name(of: number)]
        if !history.isEmpty {
            lines.append(
                ([Self.historyWord] + history.map(GenerationStore.name(of:))).joined(separator: " ")
            )
        }
        if let confirmation {
            lines.append(
                "\(Self.confirmWord) \(confirmation.deadlineSeconds) "
                    + "\(confirmation.windowSeconds)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads the file's text; nil when it is anything else, a text without its end included.
    init?(text: String) {
        guard text.hasSuffix("\n") else { return nil }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard let number = GenerationStore.number(of: String(lines[0])) else { return nil }
        var history: [Int] = []
        var confirmation: Confirmation?
        for line in lines.dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            let rest = words.dropFirst()
            switch words.first {
            case Self.historyWord:
                history = rest.compactMap(GenerationStore.number(of:))
                guard history.count == rest.count else { return nil }
            case Self.confirmWord:
                let numbers = rest.compactMap { Int($0) }
                guard rest.count == 2, numbers.count == 2, numbers[1] >= 1 else { return nil }
                confirmation = Confirmation(
                    deadlineSeconds: numbers[0], windowSeconds: numbers[1])
            default: return nil
            }
        }
        self.init(number: number, history: history, confirmation: confirmation)
    }

    private static let historyWord = "history"
    private static let confirmWord = "confirm-by"
}

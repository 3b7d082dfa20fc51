// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// What TAB does to a line: pure, from the line, the names known and a way to find titles.
struct Completion: Equatable {
    /// One possible completion.
    struct Candidate: Equatable {
        /// What goes into the line.
        let text: String
        /// What says more about it, such as a title; empty for nothing.
        var note = ""
    }

    /// An item that was found by the words of its title.
    struct TitleMatch: Equatable {
        let item: String
        let title: String
    }

    /// The bytes of the line to replace; ends at the cursor.
    let bytes: Range<Int>
    /// What to put there; nil leaves the line as it is.
    let insertion: String?
    /// All that is possible, when it is more than one.
    let choices: [Candidate]

    /// Completes the end of `line`; nil when nothing fits.
    ///
    /// One candidate is inserted, with a blank after it unless it is an option's name. Of several
    /// their common beginning is, if that is more than what is typed.
    ///
    /// - Parameters:
    ///   - line: the line up to the cursor.
    ///   - names: what the daemon and this session know by name.
    ///   - titles: finds items by the beginnings of words of their titles.
    /// - Returns: the completion, or nil where nothing fits.
    static func of(
        _ line: String, names: KnownNames, titles: (String) -> [TitleMatch]
    ) -> Completion? {
        for slot in CompletionSlot.all(in: line) {
            let candidates = candidates(for: slot, names: names, titles: titles)
            if let only = candidates.first, candidates.count == 1 {
                let blank = only.text.hasSuffix("=") ? "" : " "
                return Completion(bytes: slot.bytes, insertion: only.text + blank, choices: [])
            }
            if candidates.count > 1 {
                return Completion(
                    bytes: slot.bytes, insertion: commonBeginning(candidates, slot),
                    choices: candidates)
            }
        }
        return nil
    }

    private static func candidates(
        for slot: CompletionSlot, names: KnownNames, titles: (String) -> [TitleMatch]
    ) -> [Candidate] {
        switch slot.content {
        case .verb: return matches(names.verbs, slot.typed, followCase: true)
        case .metaCommand: return matches(MetaCommand.Name.allCases.map(\.typed), slot.typed)
        case .words(let words), .listedWords(let words), .options(let words):
            return matches(words, slot.typed)
        case .user: return matches(names.users.map(Quoting.word), slot.typed)
        case .attribute, .listedAttribute: return matches(names.attributes, slot.typed)
        case .item: return items(slot.typed, names, titles)
        case .listedItem:
            return items(slot.typed, names, titles).filter {
                !$0.text.contains { $0 == "," || $0 == "\"" }
            }
        }
    }

    private static func items(
        _ typed: String, _ names: KnownNames, _ titles: (String) -> [TitleMatch]
    ) -> [Candidate] {
        // A number is an identifier or the start of one, hardly ever of a title.
        let isNumber = typed.allSatisfy(\.isNumber)
        guard !isNumber else { return matches(names.items.map(Quoting.word), typed) }
        return titles(typed).map { Candidate(text: Quoting.word($0.item), note: $0.title) }
    }

    private static func matches(
        _ words: [String], _ typed: String, followCase: Bool = false
    ) -> [Candidate] {
        let wanted = typed.lowercased()
        let isLower = followCase && !typed.isEmpty && typed == wanted
        return words.filter { $0.lowercased().hasPrefix(wanted) }
            .map { Candidate(text: isLower ? $0.lowercased() : $0) }
    }

    private static func commonBeginning(
        _ candidates: [Candidate], _ slot: CompletionSlot
    ) -> String? {
        // Identifiers found by title have nothing in common with what is typed.
        guard slot.content != .item, slot.content != .listedItem,
            var common = candidates.first?.text
        else { return nil }
        for candidate in candidates.dropFirst() {
            common = String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
        }
        return common.count > slot.typed.count ? common : nil
    }
}

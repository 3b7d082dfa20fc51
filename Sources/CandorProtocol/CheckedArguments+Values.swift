// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of arguments as the types that the verb's row declares.
extension CheckedArguments {
    /// The value of an integer; nil when it was left out.
    func integer(_ name: String) -> Int? {
        guard let value = self[name] else { return nil }
        guard case .integer(let integer) = value else { mismatch(name) }
        return integer
    }

    /// The value of a whole number that is always there.
    func wholeNumber(_ name: String) -> Int {
        guard let integer = integer(name) else { mismatch(name) }
        return integer
    }

    /// The value of a list of items or attributes; empty when it was left out.
    func items(_ name: String) -> [String] {
        guard let value = self[name] else { return [] }
        guard case .items(let items) = value else { mismatch(name) }
        return items
    }

    /// The kinds of events that were chosen, in their own order; empty when it was left out.
    func eventKinds(_ name: String) -> [EventKind] {
        guard let value = self[name] else { return [] }
        guard case .choices(let words) = value else { mismatch(name) }
        return EventKind.allCases.filter { words.contains($0.rawValue) }
    }

    /// The value of a topic of HELP; nil when it was left out.
    func topic(_ name: String) -> Request.HelpTopic? {
        guard let value = self[name] else { return nil }
        guard case .topic(let topic) = value else { mismatch(name) }
        return topic
    }

    /// The value of a number that is always there.
    func number(_ name: String) -> Double {
        guard case .number(let number)? = self[name] else { mismatch(name) }
        return number
    }

    /// The value of a text that is always there, or was found to be.
    func text(_ name: String) -> String {
        guard case .text(let text)? = self[name] else { mismatch(name) }
        return text
    }

    /// The value of one of some words that is always there, or was found to be.
    func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice {
        guard let choice = Choice(rawValue: text(name)) else { mismatch(name) }
        return choice
    }

    /// The options of a mitigated list.
    var mitigation: ListMitigation {
        ListMitigation(
            calibration: self["calibrated"] == nil ? nil : number("calibrated"),
            novelty: self["novelty"] == nil ? nil : number("novelty"),
            floors: self["floor"] == nil ? [] : floors("floor"))
    }

    private func floors(_ name: String) -> [ListFloor] {
        guard case .floors(let floors)? = self[name] else { mismatch(name) }
        return floors
    }

    /// Stops: the row and the request disagree about an argument, which every verb's example
    /// would show.
    private func mismatch(_ name: String) -> Never {
        preconditionFailure("\(specification.verb.rawValue) declares \(name) of another kind")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of one request line, each of the kind and within the range of its row.
struct CheckedArguments {
    /// The row they were checked against.
    let specification: VerbSpecification
    /// One place for each argument, then one for each option.
    private var values: [ArgumentValue?]
    private var argumentsGiven = 0
    /// The words so far of an argument that takes all that follow.
    private var words = ""

    /// Begins without any value.
    init(_ specification: VerbSpecification) {
        self.specification = specification
        self.values = Array(
            repeating: nil, count: specification.arguments.count + specification.options.count)
    }

    /// The value of an argument or option by name; nil when it was left out.
    subscript(name: String) -> ArgumentValue? {
        if let index = specification.arguments.firstIndex(where: { $0.name == name }) {
            return values[index]
        }
        guard let index = specification.options.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("\(specification.verb.rawValue) declares no argument \(name)")
        }
        return values[specification.arguments.count + index]
    }

    /// Takes the next positional word.
    mutating func add(argument text: String) throws(WireError) {
        let isLast = argumentsGiven >= specification.arguments.count
        if isLast, specification.arguments.last?.kind.takesAllWords == true {
            words += " " + text
            return
        }
        argumentsGiven += 1
        // Words beyond the last argument are only counted: `finish` reports how many there are.
        guard !isLast else {
            if text.utf8.contains(ASCII.equals) { throw looksLikeOption(text) }
            return
        }
        let argument = specification.arguments[argumentsGiven - 1]
        if argument.kind.takesAllWords {
            words = text
        } else {
            values[argumentsGiven - 1] = try value(text, of: argument)
        }
    }

    /// Takes an option.
    mutating func add(option name: String, _ text: String) throws(WireError) {
        guard let index = specification.options.firstIndex(where: { $0.name == name }) else {
            throw unknownOption(name)
        }
        let place = specification.arguments.count + index
        guard values[place] == nil else {
            throw WireError(.unknownOption, "\(name)= is given twice; keep one of them")
        }
        values[place] = try value(text, of: specification.options[index])
    }

    /// Checks the number of arguments once all words are taken.
    mutating func finish() throws(WireError) {
        let required = specification.arguments.prefix { !$0.isOptional }.count
        guard (required...specification.arguments.count).contains(argumentsGiven) else {
            throw wrongCount(required: required)
        }
        guard let last = specification.arguments.last, last.kind.takesAllWords,
            argumentsGiven == specification.arguments.count
        else { return }
        values[specification.arguments.count - 1] = try value(words, of: last)
    }

    private func value(
        _ text: String, of argument: ArgumentSpecification
    ) throws(WireError) -> ArgumentValue {
        if let value = argument.kind.value(of: text) { return value }
        if case .topic = argument.kind {
            throw WireError(.unknownVerb, RequestParser.unknownVerbMessage(text))
        }
        throw WireError(
            .badValue,
            "\(argument.name) cannot be \(Quoting.excerpt(text)): it takes "
                + "\(argument.kind.expectation); usage: \(specification.usage)")
    }

    private func unknownOption(_ name: String) -> WireError {
        let verb = specification.verb.rawValue
        let names = specification.options.map(\.name)
        var message = "\(verb) has no option \(Quoting.excerpt(name))"
        if let near = Nearest.match(for: name, among: names) {
            message += "; did you mean \(near)=?"
        } else if names.isEmpty {
            message += "; it takes none"
        } else {
            message += "; it has " + names.joined(separator: ", ")
        }
        message += "; a word that contains = and is no option goes between quotes"
        return WireError(.unknownOption, message)
    }

    private func looksLikeOption(_ text: String) -> WireError {
        WireError(
            .wrongArguments,
            "\(Quoting.excerpt(text)) is one argument too many; an option's name is in lower case "
                + "and touches its =; usage: \(specification.usage)")
    }

    private func wrongCount(required: Int) -> WireError {
        let most = specification.arguments.count
        let expected =
            if most == 0 {
                "no arguments"
            } else if required == most {
                "\(most) argument\(most == 1 ? "" : "s")"
            } else {
                "\(required) to \(most) arguments"
            }
        return WireError(
            .wrongArguments,
            "\(specification.verb.rawValue) takes \(expected), not \(argumentsGiven); "
                + "usage: \(specification.usage)")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests that explain answers and check what is said of them.
extension Request {
    static func explain(_ arguments: CheckedArguments) throws(WireError) -> Request {
        .explain(
            user: arguments.text("user"), item: arguments.text("item"),
            ExplainOptions(
                head: head(arguments, or: arguments["at"] == nil ? Default.head : .rating),
                top: arguments.integer("top") ?? Default.explainedRatings,
                time: arguments.integer("at"), without: arguments.items("without"),
                list: try explainedList(arguments)))
    }

    static func flip(_ arguments: CheckedArguments) throws(WireError) -> Request {
        let item = arguments["item"] == nil ? nil : arguments.text("item")
        guard item != nil || arguments["k"] == nil else {
            throw WireError(
                .unknownOption,
                "k= is for FLIP with an item, which is to leave the first k; leave it out or "
                    + "name the item")
        }
        return .flip(
            user: arguments.text("user"), item: item,
            count: item == nil ? 1 : arguments.integer("k") ?? Default.count,
            head: head(arguments))
    }

    static func whyNot(_ arguments: CheckedArguments) -> Request {
        .whyNot(
            user: arguments.text("user"), item: arguments.text("item"),
            count: arguments.integer("k") ?? Default.count,
            top: arguments.integer("top") ?? Default.whyNotLines, head: head(arguments))
    }

    static func facts(_ arguments: CheckedArguments) -> Request {
        .facts(
            user: arguments.text("user"), item: arguments.text("item"), head: head(arguments),
            form: arguments["form"] == nil ? .claims : arguments.choice("form"),
            top: arguments.integer("top") ?? Default.explainedRatings)
    }

    static func verify(_ arguments: CheckedArguments) -> Request {
        .verify(
            user: arguments.text("user"), item: arguments.text("item"),
            text: arguments.text("text"), head: head(arguments))
    }

    private static func head(
        _ arguments: CheckedArguments, or assumed: HeadName = Default.head
    ) -> HeadName {
        arguments["head"] == nil ? assumed : arguments.choice("head")
    }

    /// The list that EXPLAIN is asked about; nil when it is about the score alone.
    private static func explainedList(
        _ arguments: CheckedArguments
    ) throws(WireError) -> ExplainedList? {
        let mitigation = arguments.mitigation
        let count = arguments.integer("k")
        guard mitigation != .none else {
            guard count == nil else {
                throw WireError(
                    .unknownOption,
                    "k= is the length of a list; it goes with calibrated=, novelty= or floor=")
            }
            return nil
        }
        guard arguments["at"] == nil, arguments["without"] == nil else {
            throw WireError(
                .badValue,
                "a list is of all ratings and has no time: leave out at= and without=, or "
                    + "calibrated=, novelty= and floor=")
        }
        return ExplainedList(count: count ?? Default.count, mitigation: mitigation)
    }
}

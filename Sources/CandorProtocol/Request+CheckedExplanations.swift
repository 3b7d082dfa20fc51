// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests that explain answers and check what is said of them.
extension Request {
    static func explain(_ arguments: CheckedArguments) -> Request {
        .explain(
            user: arguments.text("user"), item: arguments.text("item"),
            head: head(arguments, or: arguments["at"] == nil ? Default.head : .rating),
            top: arguments.integer("top") ?? Default.explainedRatings,
            time: arguments.integer("at"))
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
}

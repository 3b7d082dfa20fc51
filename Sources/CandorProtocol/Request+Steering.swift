// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// What an operator asks of the generations.
    public enum Steering: Sendable, Equatable {
        case promote(number: Int, secondsToConfirm: Int?, isForced: Bool)
        case confirm
        case rollback
        case cancel(CancellableWork)
        case difference(from: Int, to: Int)
        case reproduce(number: Int)

        /// The word with which a refusal of the gates is overruled.
        static let force = "force"

        var verb: Verb {
            switch self {
            case .promote: .promote
            case .confirm: .confirm
            case .rollback: .rollback
            case .cancel: .cancel
            case .difference: .diff
            case .reproduce: .reproduce
            }
        }

        func add(to line: inout RequestLineBuilder) {
            switch self {
            case .confirm, .rollback: break
            case .promote(let number, let seconds, let isForced):
                line.add(word: String(number))
                if isForced { line.add(word: Self.force) }
                line.add("confirm_within", seconds)
            case .cancel(let work): line.add(word: work.rawValue)
            case .difference(let first, let second):
                line.add(word: String(first))
                line.add(word: String(second))
            case .reproduce(let number): line.add(word: String(number))
            }
        }
    }

    /// The request of one of the verbs that steer; traps for others.
    static func steer(_ arguments: CheckedArguments) -> Request {
        switch arguments.specification.verb {
        case .promote:
            .steer(
                .promote(
                    number: arguments.wholeNumber("number"),
                    secondsToConfirm: arguments.integer("confirm_within"),
                    isForced: arguments["force"] != nil))
        case .confirm: .steer(.confirm)
        case .rollback: .steer(.rollback)
        case .cancel:
            .steer(.cancel(arguments["work"] == nil ? .retrain : arguments.choice("work")))
        case .diff:
            .steer(
                .difference(
                    from: arguments.wholeNumber("first"), to: arguments.wholeNumber("second")))
        case .reproduce: .steer(.reproduce(number: arguments.wholeNumber("number")))
        default: preconditionFailure("\(arguments.specification.verb) steers nothing")
        }
    }
}

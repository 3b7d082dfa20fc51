// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// The conversation with a person: a prompt, line after line, until they leave.
struct Repl {
    let session: Session
    let signals: SignalChannel
    let historyPath: String?

    /// Runs until the person leaves; throws when there is no daemon to begin with.
    func run() throws(ClientError) {
        let greeting = try session.connect()
        session.names.verbs = session.lookup.verbs() + ["exit"]
        session.names.attributes = session.lookup.attributes()
        let theme = session.terminal.theme
        let role = greeting.role?.rawValue ?? "unknown"
        try session.output.write([
            theme.dressed(SafeText.of(greeting.server), .strong)
                + " on \(session.endpoint), generation \(greeting.generation), role \(role)",
            theme.dressed(
                #"HELP lists the verbs, \? the client's own commands; TAB completes; ^D leaves."#,
                .faint),
        ])
        let editor = LineEditor(signals: signals, historyPath: usableHistory) { line in
            Completion.of(line, names: session.names) { session.lookup.titles($0) }
        }
        session.manners.confirm = { question in
            guard
                case .line(let answer) = editor.read(
                    prompt: question + " [y/N] ", isRemembered: false)
            else { return false }
            return ["y", "yes"].contains(answer.lowercased())
        }
        defer { session.manners.confirm = nil }
        var isOver = false
        while !isOver {
            switch editor.read(prompt: prompt) {
            case .line(let line): isOver = runReporting(line)
            case .interrupted: break
            case .endOfInput:
                Output.writeError("")
                isOver = true
            case .terminated: isOver = true
            }
        }
    }

    private var prompt: String {
        let theme = session.terminal.theme
        guard theme.isColoured else { return "candor> " }
        // The marks tell readline that the colours take no room.
        return "\u{1}\u{1B}[1;36m\u{2}candor>\u{1}\u{1B}[0m\u{2} "
    }

    private var usableHistory: String? {
        guard let historyPath, HistoryFile.prepare(historyPath) else { return nil }
        return historyPath
    }

    /// Runs a line, tells what went wrong, and returns whether the conversation is over.
    private func runReporting(_ line: String) -> Bool {
        do throws(ClientError) {
            return try session.run(line) == .ended
        } catch {
            let mark = session.terminal.errorTheme.dressed("candor:", .negative)
            Output.writeError("\(mark) \(SafeText.of(error.description))")
            return false
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CReadline
internal import Glibc

/// Reads lines that a person edits, with history and completion: the one user of GNU readline.
///
/// There can be only one at a time, because readline keeps its state in global variables.
final class LineEditor {
    /// What reading ended with.
    enum Event: Equatable {
        case line(String)
        /// ^C: the line was given up.
        case interrupted
        /// ^D on an empty line, or the terminal is gone.
        case endOfInput
        /// Another signal asked the program to end.
        case terminated
    }

    /// What TAB does with the line up to the cursor: what to replace, and what to show.
    typealias Completer = (String) -> Completion?

    private let signals: SignalChannel
    private let historyPath: String?
    private var lastLine: String?

    private static let historyLinesMax: Int32 = 5000

    /// Set by readline's callbacks, which have no argument to carry it in.
    ///
    /// Unsafe because readline calls back only on the thread that called it, and the editor is
    /// used by the main thread alone.
    nonisolated(unsafe) private static var received: Event?
    /// Unsafe for the same reason as `received`.
    nonisolated(unsafe) private static var completer: Completer?

    /// Takes over line editing.
    ///
    /// - Parameters:
    ///   - signals: signals that end reading; SIGINT gives up the line.
    ///   - historyPath: a file that can be used for history; nil keeps none.
    ///   - completer: what TAB does.
    init(signals: SignalChannel, historyPath: String?, completer: @escaping Completer) {
        self.signals = signals
        self.historyPath = historyPath
        Self.completer = completer
        setlocale(LC_CTYPE, "")
        if let codeset = nl_langinfo(Int32(CODESET)), strcmp(codeset, "UTF-8") != 0 {
            // Everything Candor sends is UTF-8, and terminals of today show it in any locale.
            setlocale(LC_CTYPE, "C.UTF-8")
        }
        candor_readline_begin { _, _ in LineEditor.complete() }
        using_history()
        stifle_history(Self.historyLinesMax)
        if let historyPath { read_history(historyPath) }
    }

    deinit {
        Self.completer = nil
        if let historyPath {
            history_truncate_file(historyPath, Self.historyLinesMax)
            chmod(historyPath, 0o600)
        }
    }

    /// Lets a person edit a line.
    ///
    /// - Parameters:
    ///   - prompt: what stands before the line; escape sequences between `\u{1}` and `\u{2}` take
    ///     no room.
    ///   - isRemembered: whether the line goes into the history.
    /// - Returns: the line, or how the person ended it.
    func read(prompt: String, isRemembered: Bool = true) -> Event {
        Self.received = nil
        rl_callback_handler_install(prompt) { line in LineEditor.receive(line) }
        while Self.received == nil { waitForInput() }
        let event = Self.received ?? .endOfInput
        if isRemembered, case .line(let line) = event { remember(line) }
        return event
    }

    private func waitForInput() {
        var waiting = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waiting, 2, -1) > 0 else {
            // A signal that readline itself handles, such as a new window size.
            rl_check_signals()
            return
        }
        if waiting[1].revents != 0, let signal = signals.take() {
            candor_readline_abandon()
            Self.received = signal == SIGINT ? .interrupted : .terminated
        } else if waiting[0].revents != 0 {
            rl_callback_read_char()
        }
    }

    private func remember(_ line: String) {
        guard line != lastLine, !line.isEmpty, !line.hasPrefix(" ") else { return }
        lastLine = line
        add_history(line)
        if let historyPath { append_history(1, historyPath) }
    }

    private static func receive(_ line: UnsafeMutablePointer<CChar>?) {
        // At once, because readline would show its prompt again on return.
        rl_callback_handler_remove()
        guard let line else {
            received = .endOfInput
            return
        }
        received = .line(String(cString: line))
        free(line)
    }

    /// Completes at the cursor; readline's convention is to return 0.
    private static func complete() -> Int32 {
        guard let buffer = candor_readline_line() else { return 0 }
        let typed = UnsafeRawBufferPointer(start: buffer, count: Int(candor_readline_point()))
        let line = String(decoding: typed, as: UTF8.self)
        guard let completion = completer?(line) else {
            rl_ding()
            return 0
        }
        if let insertion = completion.insertion {
            candor_readline_replace(Int32(completion.bytes.lowerBound), insertion)
        } else if !completion.choices.isEmpty {
            let columns = Terminal.columns() ?? 80
            candor_readline_show(
                completion.listing(columns: columns).joined(separator: "\r\n"))
        }
        return 0
    }
}

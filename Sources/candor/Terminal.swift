// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// What the program's three streams are connected to.
struct Terminal {
    /// Whether requests are typed by a person who sees the replies.
    let isInteractive: Bool
    /// Whether standard output is a terminal.
    let showsOutput: Bool
    /// Whether standard error is a terminal.
    let showsErrors: Bool
    /// How text on standard output is dressed.
    let theme: Theme
    /// How text on standard error is dressed.
    let errorTheme: Theme

    /// Looks at the streams and the environment.
    ///
    /// `NO_COLOR` set to anything but nothing, and a dumb terminal, forbid colour.
    init(environment: [String: String], allowsColour: Bool) {
        showsOutput = isatty(STDOUT_FILENO) == 1
        showsErrors = isatty(STDERR_FILENO) == 1
        isInteractive = showsOutput && isatty(STDIN_FILENO) == 1
        let mayColour =
            allowsColour && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
        theme = Theme(isColoured: mayColour && showsOutput)
        errorTheme = Theme(isColoured: mayColour && showsErrors)
    }

    /// The terminal's columns now; nil where no terminal tells.
    static func columns(of descriptor: Int32 = STDOUT_FILENO) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

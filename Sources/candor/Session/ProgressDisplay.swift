// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// A progress bar on standard error that is overwritten in place; nothing without a terminal.
final class ProgressDisplay {
    private let isShown: Bool
    private let theme: Theme
    private var isDrawn = false

    /// Prepares a bar; `isShown` says whether standard error is a terminal.
    init(isShown: Bool, theme: Theme) {
        self.isShown = isShown
        self.theme = theme
    }

    /// Draws or redraws the bar.
    func show(_ fraction: Double, stage: String) {
        guard isShown else { return }
        let columns = (Terminal.columns(of: STDERR_FILENO) ?? 80) - 1
        let bar = Drawing.progress(fraction, stage: stage, columns: columns)
        _ = Output.write(Array("\r\u{1B}[K\(theme.dressed(bar, .key))".utf8), to: STDERR_FILENO)
        isDrawn = true
    }

    /// Takes the bar away.
    func clear() {
        guard isDrawn else { return }
        _ = Output.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
        isDrawn = false
    }
}

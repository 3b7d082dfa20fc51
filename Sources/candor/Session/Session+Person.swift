// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

extension Session.Manners {
    /// The manners for a person at a terminal.
    static func person(isConfirmed: Bool) -> Self {
        Self(
            reconnects: true, resolvesTitles: true, isConfirmed: isConfirmed,
            confirm: { question in
                _ = Output.write(Array("\(question) [y/N] ".utf8), to: STDERR_FILENO)
                return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
            })
    }
}

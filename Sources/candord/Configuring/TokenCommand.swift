// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// `candord token`: what TCP connections prove to hold.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make tokens for connections over TCP.",
        subcommands: [NewTokenCommand.self])
}

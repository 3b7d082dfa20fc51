// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorProtocol
import Credentials

/// `candord token new`: a token with a secret of 256 random bits.
struct NewTokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Print a new token: its name, its role and its secret.",
        discussion: """
            The line goes into two files that nobody else may read (mode 0600): among those of the \
            daemon's --token-file, which RELOAD reads anew, and alone into the one that \
            `candor --token-file` is given:

            (umask 077; candord token new shop writer | tee -a /etc/candor/tokens > shop.token)
            """)

    @Argument(help: "What to call it: \(AccessToken.nameRule).")
    var name: String

    @Argument(help: "The highest role it gives: reader, writer or operator.")
    var role: String

    func run() throws {
        guard let role = Role(rawValue: role), role > .guest else {
            throw ValidationError(
                "'\(role)' is no role; expected "
                    + Role.granted.map(\.rawValue).joined(separator: ", "))
        }
        guard let token = AccessToken(name: name, role: role) else {
            throw ValidationError("'\(name)' is no name; a name is \(AccessToken.nameRule)")
        }
        print(token.line)
    }
}

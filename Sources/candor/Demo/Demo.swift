// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

struct Demo: ParsableCommand {
    func run() throws {}
}

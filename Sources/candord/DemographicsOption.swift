// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// Which attributes of users the rating head is given.
struct DemographicsOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "User attributes that bayes and fast are given, with commas between; default none.",
            valueName: "names"))
    var demographics: String?

    /// Their names as the data has them; empty for none.
    var names: [String] { (demographics ?? "").lowercased().split(separator: ",").map(String.init) }
}

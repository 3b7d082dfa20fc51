// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// The settings as flags; each is checked where the file's and the environment's are.
struct SettingFlags: ParsableArguments {
    @Option(help: "A configuration file; `candord check --example` prints a commented one.")
    var config: String?

    @Option(help: "Where generations and ratings are kept; made if it does not exist.")
    var state: String?

    @Option(help: "The Unix socket to listen on; not needed when systemd passes one.")
    var socket: String?

    @Option(help: "Who may connect to the socket, as an octal mode (default: 0660).")
    var socketMode: String?

    @Option(help: "Also listen on this loopback ADDRESS:PORT, for reading and rating only.")
    var tcp: String?

    @Option(help: "The data to train the first generation on: a folder, a file or an import.")
    var data: String?

    @Option(
        help:
            "How the first generation's ratings are learned: best (the default), or fast at some accuracy."
    )
    var quality: String?

    @Flag(help: "Leave bad lines of the data out and count them instead of refusing the data.")
    var skipBadLines = false

    @Option(
        help:
            "Threads to train and audit with (default: all processors); results do not depend on it."
    )
    var threads: String?

    @Option(help: "Generations kept on disk, the serving one included (default: 5).")
    var generationsKept: String?

    @OptionGroup(title: "Gates") var gates: GateFlags

    @Option(help: "Connections at a time (default: 512).")
    var connectionsMax: String?

    @Option(
        help:
            "How much to log: trace, debug, info (the default), notice, warning, error or critical."
    )
    var logLevel: String?

    @Option(help: "Seconds that requests under way get when the daemon stops (default: 10).")
    var drainSeconds: String?

    @Option(help: "Seconds from which on a request is listed by SLOWLOG (default: 0.1).")
    var slowSeconds: String?

    /// The settings that were given as flags.
    var given: [(Setting, String)] {
        Setting.allCases.compactMap { setting in value(of: setting).map { (setting, $0) } }
    }

    private func value(of setting: Setting) -> String? {
        switch setting {
        case .state: state
        case .socket: socket
        case .socketMode: socketMode
        case .tcp: tcp
        case .data: data
        case .quality: quality
        case .skipBadLines: skipBadLines ? "yes" : nil
        case .threads: threads
        case .generationsKept: generationsKept
        case .gateRMSE, .gateNDCG, .gateGapRMSE, .gateGapNDCG, .gateAttribute, .gateRatingsMin,
            .gateUsersMin, .gateDataShare, .gateUnmeasured:
            gates.value(of: setting)
        case .connectionsMax: connectionsMax
        case .drainSeconds: drainSeconds
        case .slowSeconds: slowSeconds
        case .logLevel: logLevel
        }
    }
}

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

    @Option(help: "A second Unix socket, open to all users, for reading only.")
    var readonlySocket: String?

    @Option(
        help:
            "Who has which role at the Unix sockets: USER:ROLE, @GROUP:ROLE, *:ROLE (default: *:operator)."
    )
    var roles: String?

    @Option(help: "Also listen on this ADDRESS:PORT; without --token-file a loopback address.")
    var tcp: String?

    @Option(help: "The tokens that TCP connections prove to hold; `candord token new` makes one.")
    var tokenFile: String?

    @Option(help: "The data to train the first generation on: a folder, a file or an import.")
    var data: String?

    @Option(help: "The directory whose folders and files RETRAIN data=NAME may read.")
    var retrainData: String?

    @Option(help: "MiB that a RETRAIN may take beside what serves; 0: any (default: what is left).")
    var retrainMemory: String?

    @Option(
        help:
            "How the first generation's ratings are learned: best (the default), or fast at some accuracy."
    )
    var quality: String?

    @Option(
        help:
            "User attributes that the first generation's rating model is given, with commas (default: none)."
    )
    var demographics: String?

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

    @Option(help: "MiB of answers kept in memory while they hold (default: 32); 0 keeps none.")
    var keptAnswers: String?

    @Option(help: "Connections of one address or user at a time (default: 256).")
    var connectionsPerPeerMax: String?

    @Option(help: "Requests of a connection that may wait for answers (default: 1024).")
    var pipelinedRequestsMax: String?

    @Option(help: "Bytes of answers that may wait for a slow reader (default: 1048576).")
    var outputBytesMax: String?

    @Option(help: "Seconds without a request that close a connection; 0: never (default: 3600).")
    var idleSeconds: String?

    @Option(help: "Seconds that a peer may take no answers; 0: for ever (default: 60).")
    var writeSeconds: String?

    @Option(help: "Seconds that a peer with a token has to prove it (default: 15).")
    var authenticationSeconds: String?

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
        case .readonlySocket: readonlySocket
        case .roles: roles
        case .tcp: tcp
        case .tokenFile: tokenFile
        case .data: data
        case .retrainData: retrainData
        case .retrainMemory: retrainMemory
        case .quality: quality
        case .demographics: demographics
        case .skipBadLines: skipBadLines ? "yes" : nil
        case .threads: threads
        case .generationsKept: generationsKept
        case .gateRMSE, .gateNDCG, .gateGapRMSE, .gateGapNDCG, .gateAttribute, .gateRatingsMin,
            .gateUsersMin, .gateDataShare, .gateUnmeasured:
            gates.value(of: setting)
        case .connectionsMax: connectionsMax
        case .keptAnswers: keptAnswers
        case .connectionsPerPeerMax: connectionsPerPeerMax
        case .pipelinedRequestsMax: pipelinedRequestsMax
        case .outputBytesMax: outputBytesMax
        case .idleSeconds: idleSeconds
        case .writeSeconds: writeSeconds
        case .authenticationSeconds: authenticationSeconds
        case .drainSeconds: drainSeconds
        case .slowSeconds: slowSeconds
        case .logLevel: logLevel
        }
    }
}

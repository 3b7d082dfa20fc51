// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Everything that `candord serve` can be told, one row per setting.
///
/// The single source for the configuration file, the environment, the flags, `candord check`, the
/// commented example and RELOAD.
public enum Setting: String, CaseIterable, Sendable {
    case state
    case socket
    case socketMode = "socket-mode"
    case readonlySocket = "readonly-socket"
    case roles
    case tcp
    case tokenFile = "token-file"
    case data
    case retrainData = "retrain-data"
    case retrainMemory = "retrain-memory"
    case quality
    case demographics
    case skipBadLines = "skip-bad-lines"
    case threads
    case generationsKept = "generations-kept"
    case gateRMSE = "gate-rmse"
    case gateNDCG = "gate-ndcg"
    case gateGapRMSE = "gate-gap-rmse"
    case gateGapNDCG = "gate-gap-ndcg"
    case gateAttribute = "gate-attribute"
    case gateRatingsMin = "gate-ratings-min"
    case gateUsersMin = "gate-users-min"
    case gateDataShare = "gate-data-share"
    case gateUnmeasured = "gate-unmeasured"
    case connectionsMax = "connections-max"
    case keptAnswers = "kept-answers"
    case connectionsPerPeerMax = "connections-per-peer-max"
    case pipelinedRequestsMax = "pipelined-requests-max"
    case outputBytesMax = "output-bytes-max"
    case idleSeconds = "idle-seconds"
    case writeSeconds = "write-seconds"
    case authenticationSeconds = "authentication-seconds"
    case drainSeconds = "drain-seconds"
    case slowSeconds = "slow-seconds"
    case logLevel = "log-level"

    /// The name in the configuration file and, after `--`, of the flag.
    public var name: String { rawValue }

    /// The environment variable: `CANDORD_` and the name in capitals.
    public var environmentName: String {
        Self.environmentPrefix + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// What the variables of all settings begin with.
    public static let environmentPrefix = "CANDORD_"

    /// The setting that a variable stands for, or nil.
    static func named(environment variable: String) -> Setting? {
        allCases.first { $0.environmentName == variable }
    }

    /// What values it takes.
    public var kind: SettingKind {
        switch self {
        case .state, .data, .retrainData, .tokenFile: .path
        case .socket, .readonlySocket: .socketPath
        case .socketMode: .mode
        case .roles: .roles
        case .tcp: .address
        case .quality: .choice(["best", "fast"])
        case .demographics: .attributes
        case .skipBadLines: .flag
        case .threads: .integer(1...256)
        case .generationsKept: .integer(1...1000)
        case .gateRMSE, .gateNDCG, .gateGapRMSE, .gateGapNDCG: .limit(0...10)
        case .gateDataShare: .limit(0...1)
        case .gateAttribute: .attribute
        case .gateRatingsMin, .gateUsersMin: .integer(0...Int.max)
        case .gateUnmeasured: .choice(["pass", "refuse"])
        case .connectionsMax, .connectionsPerPeerMax: .integer(1...100_000)
        case .keptAnswers: .integer(0...4096)
        case .retrainMemory: .integer(0...(1 << 24))
        case .pipelinedRequestsMax: .integer(1...100_000)
        case .outputBytesMax: .integer(4096...Limits.replyBytesMax)
        case .drainSeconds, .slowSeconds, .authenticationSeconds: .seconds(0...3600)
        case .idleSeconds, .writeSeconds: .seconds(0...604_800)
        case .logLevel:
            .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"])
        }
    }

    /// The value where nothing is said, as it would be written; nil: none.
    public var standardValue: String? {
        switch self {
        case .state, .socket, .readonlySocket, .tcp, .tokenFile, .data, .retrainData,
            .retrainMemory, .demographics, .threads, .gateAttribute:
            nil
        case .socketMode: "0660"
        case .roles: "*:operator"
        case .quality: "best"
        case .skipBadLines: "no"
        case .generationsKept: String(GenerationStore.keptCountDefault)
        case .gateRMSE, .gateGapRMSE: "0.05"
        case .gateNDCG, .gateGapNDCG: "0.1"
        case .gateRatingsMin, .gateUsersMin: "1"
        case .gateDataShare: "0.5"
        case .gateUnmeasured: "pass"
        case .connectionsMax: String(ServingOptions().connectionsMax)
        case .keptAnswers: String(ServingOptions().keptAnswersBytesMax >> 20)
        case .connectionsPerPeerMax: String(ServingOptions().connectionsPerPeerMax)
        case .pipelinedRequestsMax: String(Limits.pipelinedRequestsMax)
        case .outputBytesMax: String(Limits.outputBytesMax)
        case .idleSeconds: "3600"
        case .writeSeconds: "60"
        case .authenticationSeconds: "15"
        case .drainSeconds: "10"
        case .slowSeconds: "0.1"
        case .logLevel: "info"
        }
    }

    /// A value to show in the example, where there is no standard one.
    var exampleValue: String {
        if let standardValue { return standardValue }
        return switch self {
        case .state: "/var/lib/candor"
        case .socket: "/run/candor/candord.sock"
        case .readonlySocket: "/run/candor/candord-ro.sock"
        case .tcp: "127.0.0.1:7333"
        case .tokenFile: "/etc/candor/tokens"
        case .data: "/etc/candor/data"
        case .retrainData: "/etc/candor/retrain-data"
        case .gateAttribute: "gender"
        case .demographics: "gender,age"
        case .retrainMemory: "2048"
        default: "2"
        }
    }

    /// Whether RELOAD applies a new value; otherwise it takes a restart.
    public var isReloadable: Bool {
        switch self {
        case .retrainData, .retrainMemory, .threads, .connectionsMax, .connectionsPerPeerMax,
            .pipelinedRequestsMax, .outputBytesMax, .idleSeconds, .writeSeconds,
            .authenticationSeconds, .drainSeconds, .slowSeconds, .logLevel, .roles, .gateRMSE,
            .gateNDCG, .gateGapRMSE, .gateGapNDCG, .gateAttribute, .gateRatingsMin, .gateUsersMin,
            .gateDataShare, .gateUnmeasured:
            true
        case .state, .socket, .socketMode, .readonlySocket, .tcp, .tokenFile, .data, .quality,
            .demographics, .skipBadLines, .generationsKept, .keptAnswers:
            false
        }
    }

    /// What it is, in lines for the example file and `candord check`.
    public var summary: [String] {
        switch self {
        case .state: ["Where generations and ratings are kept; made if it does not exist."]
        case .socket:
            ["The Unix socket to listen on; not needed when the service manager passes one."]
        case .socketMode: ["Who may connect to the socket, as an octal mode."]
        case .readonlySocket: ["A second Unix socket, open to all users, for reading only."]
        case .roles:
            [
                "Who has which role at the Unix sockets; the first that fits counts, who fits",
                "nothing may not connect. Root and the daemon's own user are operators always.",
            ]
        case .tcp:
            [
                "Also listen on this ADDRESS:PORT. Without token-file it must be a loopback address,",
                "and connections from there may read and rate.",
            ]
        case .tokenFile:
            [
                "The tokens that TCP connections prove to hold: NAME ROLE SECRET, one a line;",
                "`candord token new` makes one. RELOAD reads the file anew.",
            ]
        case .data:
            [
                "The data to train the first generation on: a folder, a file or an import.",
                "Read once; later starts use the state.",
            ]
        case .retrainData:
            [
                "The directory whose folders and files RETRAIN data=NAME may read.",
                "Without it: none.",
            ]
        case .retrainMemory:
            [
                "MiB that a RETRAIN may take beside what serves; 0: any. What it takes at most is told",
                "from the data's size and the options: one that could take more is refused before it",
                "trains. Without it: what the machine, or the service's MemoryMax=, has left.",
            ]
        case .quality:
            ["How the first generation's ratings are learned: best, or fast at some accuracy."]
        case .demographics:
            [
                "User attributes that the first generation's rating model is given, with commas",
                "between them; without it: none. Later ones get those of RETRAIN demographics=.",
            ]
        case .skipBadLines:
            ["Leave bad lines of the data out and count them instead of refusing the data."]
        case .threads:
            [
                "Threads to train and audit with; results do not depend on it.",
                "Without it: all processors.",
            ]
        case .generationsKept:
            [
                "Generations kept on disk, the serving one included; the one that served before it",
                "stays too.",
            ]
        case .gateRMSE, .gateNDCG, .gateGapRMSE, .gateGapNDCG, .gateAttribute, .gateRatingsMin,
            .gateUsersMin, .gateDataShare, .gateUnmeasured:
            gateSummary
        case .connectionsMax: ["Connections at a time; one more is told so and closed."]
        case .keptAnswers:
            [
                "MiB of answers kept in memory, to be given again while nothing they depend on has",
                "changed; 0 computes every answer afresh.",
            ]
        case .connectionsPerPeerMax:
            ["Connections of one address, or of one user of a Unix socket, at a time."]
        case .pipelinedRequestsMax:
            ["Requests of a connection that may wait for answers before reading it stops."]
        case .outputBytesMax:
            ["Bytes of answers that may wait for a slow reader before its requests do."]
        case .idleSeconds:
            ["Seconds without a whole request after which a connection is closed; 0: never."]
        case .writeSeconds:
            ["Seconds that a peer may take none of its answers before it is closed; 0: never."]
        case .authenticationSeconds:
            ["Seconds that a peer with a token has to prove it; 0: as long as it likes."]
        case .drainSeconds:
            ["Seconds that requests under way get to finish when the daemon stops."]
        case .slowSeconds: ["How long a request must take to be listed by SLOWLOG and logged."]
        case .logLevel: ["How much to log."]
        }
    }
}

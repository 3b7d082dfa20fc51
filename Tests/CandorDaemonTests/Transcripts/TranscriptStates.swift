// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import TestSupport

@testable import CandorDaemon

/// What a transcript's `=` lines ask of the daemon.
struct TranscriptStates {
    /// Which data the first generation is trained on.
    enum Data: String {
        case planted, tiny, overflowing
    }

    /// What somebody made of the configuration file.
    enum ConfigurationEdit: String {
        case changed, broken
    }

    var data = Data.planted
    var role = Role.operator
    var connectionsMax: Int?
    /// Whether background work halts at its first progress report until the daemon stops.
    var holdsWork = false
    /// What has been written to the configuration since the start; nil: nothing.
    var configuration: ConfigurationEdit?
    /// What is wrong with the disk that the journal is on.
    enum JournalTrouble: String {
        case full, broken
    }

    /// What is wrong with the journal's disk; nil: nothing.
    var journal: JournalTrouble?
    /// Whether there is a directory to retrain from.
    var hasRetrainData = false
    /// What retrains may take of memory, in MiB; nil: any amount.
    var retrainMemory: Int?
    /// Whether a second generation is kept beside the first.
    var hasTwoGenerations = false
    /// Whether retrains pass the gates of the standard configuration; else only those of counts.
    var hasGates = false
    /// Whether connections begin as guests, who prove to hold a token.
    var hasTokens = false
    /// Whether no user of this machine has a role.
    var hasNoRole = false
    var authenticationSeconds: Double?
    var idleSeconds: Double?

    /// Whether only a server can be like this: it counts, it has a clock, it sees who connects.
    var isOfServer: Bool {
        connectionsMax != nil || authenticationSeconds != nil || idleSeconds != nil || hasNoRole
    }

    /// The bounds of a server in this state.
    func servingOptions() throws -> ServingOptions {
        var options = ServingOptions()
        if let connectionsMax { options.connectionsMax = connectionsMax }
        if let authenticationSeconds { options.authenticationSeconds = authenticationSeconds }
        if let idleSeconds { options.idleSeconds = idleSeconds }
        if hasNoRole { options.roles = try PeerRoles("4294967294:reader", trusted: []) }
        return options
    }

    /// A state line that means nothing here.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    init(_ lines: [String]) throws {
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.dropFirst().first) {
            case ("data", let name?): data = try Self.known(Data(rawValue: name), line)
            case ("role", let name?): role = try Self.known(Role(rawValue: name), line)
            case ("connections-max", let count?):
                connectionsMax = try Self.known(Int(count), line)
            case ("configuration", let name?):
                configuration = try Self.known(ConfigurationEdit(rawValue: name), line)
            case ("tokens", nil):
                hasTokens = true
                role = .guest
            case ("no", "role"): hasNoRole = true
            case ("authentication-seconds", let seconds?):
                authenticationSeconds = try Self.known(Double(seconds), line)
            case ("idle-seconds", let seconds?):
                idleSeconds = try Self.known(Double(seconds), line)
            case ("work", "held"): holdsWork = true
            case ("journal", let name?):
                journal = try Self.known(JournalTrouble(rawValue: name), line)
            case ("retrain-data", "there"): hasRetrainData = true
            case ("retrain-memory", let mebibytes?):
                retrainMemory = try Self.known(Int(mebibytes), line)
            case ("gates", "on"): hasGates = true
            case ("generations", "two"): hasTwoGenerations = true
            default: throw Unknown(description: "there is no state \"\(line)\"")
            }
        }
    }

    private static func known<Value>(_ value: Value?, _ line: String) throws -> Value {
        guard let value else { throw Unknown(description: "there is no state \"\(line)\"") }
        return value
    }
}

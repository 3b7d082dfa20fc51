// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import TestSupport

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
    /// Whether a second generation is kept beside the first.
    var hasTwoGenerations = false
    /// Whether retrains pass the gates of the standard configuration; else only those of counts.
    var hasGates = false
    /// Whether the journal has no room for another rating.
    var isJournalFull = false

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
            case ("work", "held"): holdsWork = true
            case ("journal", "full"): isJournalFull = true
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

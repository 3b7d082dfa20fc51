// SPDX-License-Identifier: GPL-3.0-or-later

/// What events are about; WATCH chooses among these.
public enum EventKind: String, CaseIterable, Sendable {
    /// Another generation serves.
    case generation
    /// A promotion that was to be confirmed has been, or could not be taken back.
    case confirmation
    /// A RETRAIN began, has come further, or ended.
    case retrain
    /// The daemon is stopping.
    case shutdown
    /// An AUDIT began, has come further, or ended.
    case audit
    /// A REPORT began, has come further, or ended.
    case report
    /// A FIDELITY began, has come further, or ended.
    case fidelity
    /// An EXPORT began, has come further, or ended.
    case export
    /// A FORGET began, has come further, or ended; never of whom.
    case forget
    /// The configuration was read anew, or refused.
    case reload
    /// Connections are refused.
    case connections
    /// Events that came while the watcher did not read; not chosen, but always told.
    case missed

    /// Those that WATCH chooses among.
    public static let watchable = allCases.filter { $0 != .missed }

    /// Who may watch for it: what concerns every client, or what operators do.
    public var role: Role {
        switch self {
        case .generation, .confirmation, .retrain, .shutdown, .missed: .reader
        case .audit, .report, .fidelity, .export, .forget, .reload, .connections: .operator
        }
    }

    /// The kind of the events about a verb's requests; nil when nothing is told of them.
    public init?(work verb: Verb) {
        switch verb {
        case .retrain: self = .retrain
        case .audit: self = .audit
        case .report: self = .report
        case .fidelity: self = .fidelity
        case .export: self = .export
        case .forget: self = .forget
        default: return nil
        }
    }
}

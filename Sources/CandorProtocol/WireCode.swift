// SPDX-License-Identifier: GPL-3.0-or-later

/// The error codes of protocol 1, by class; a number is never given a second meaning.
///
/// 1xx the request is malformed · 2xx it names something unknown · 3xx it is not permitted ·
/// 4xx it cannot be done now (try again) · 5xx the daemon failed inside.
public enum WireCode: Int, CaseIterable, Sendable {
    case badSyntax = 101
    case unknownVerb = 102
    case wrongArguments = 103
    case badValue = 104
    case unknownOption = 105
    case lineTooLong = 106
    case notUTF8 = 107
    case unsupportedVersion = 108
    case httpRefused = 109
    case unknownUser = 201
    case unknownItem = 202
    case noHistory = 203
    case noRatings = 204
    case noCandidates = 205
    case unknownAttribute = 206
    case notRated = 207
    case ratingOutOfScale = 208
    case notEnoughData = 209
    case unknownGeneration = 210
    case unknownConnection = 211
    case noPrevious = 212
    case generationRefused = 213
    case notReproducible = 214
    case unknownData = 215
    case unreadableData = 216
    case notPermitted = 301
    case authenticationRequired = 302
    case authenticationFailed = 303
    case tooManyFailures = 304
    case noAuthentication = 305
    case authenticationOverdue = 306
    case noRole = 307
    case retrainRunning = 401
    case auditRunning = 402
    case limitExceeded = 403
    case shuttingDown = 404
    case cancelled = 405
    case exportRunning = 406
    case forgetRunning = 407
    case configurationRefused = 408
    case reportRunning = 409
    case unconfirmed = 411
    case nothingToConfirm = 412
    case nothingToCancel = 413
    case promotionRunning = 414
    case noDataDirectory = 415
    case diskFull = 416
    case authenticationThrottled = 417
    case idleTooLong = 418
    case retrainTooLarge = 419
    case internalFailure = 501
    case storageFailed = 502

    /// The code's name on the wire, for example `unknown-user`.
    public var name: String {
        switch self {
        case .badSyntax: "bad-syntax"
        case .unknownVerb: "unknown-verb"
        case .wrongArguments: "wrong-arguments"
        case .badValue: "bad-value"
        case .unknownOption: "unknown-option"
        case .lineTooLong: "line-too-long"
        case .notUTF8: "not-utf8"
        case .unsupportedVersion: "unsupported-version"
        case .httpRefused: "http-refused"
        case .unknownUser: "unknown-user"
        case .unknownItem: "unknown-item"
        case .noHistory: "no-history"
        case .noRatings: "no-ratings"
        case .noCandidates: "no-candidates"
        case .unknownAttribute: "unknown-attribute"
        case .notRated: "not-rated"
        case .ratingOutOfScale: "rating-out-of-scale"
        case .notEnoughData: "not-enough-data"
        case .unknownGeneration: "unknown-generation"
        case .unknownConnection: "unknown-connection"
        case .noPrevious: "no-previous"
        case .generationRefused: "generation-refused"
        case .notReproducible: "not-reproducible"
        case .unknownData: "unknown-data"
        case .unreadableData: "unreadable-data"
        case .notPermitted: "not-permitted"
        case .authenticationRequired: "authentication-required"
        case .authenticationFailed: "authentication-failed"
        case .tooManyFailures: "too-many-failures"
        case .noAuthentication: "no-authentication"
        case .authenticationOverdue: "authentication-overdue"
        case .noRole: "no-role"
        case .retrainRunning: "retrain-running"
        case .auditRunning: "audit-running"
        case .limitExceeded: "limit-exceeded"
        case .shuttingDown: "shutting-down"
        case .cancelled: "cancelled"
        case .exportRunning: "export-running"
        case .forgetRunning: "forget-running"
        case .configurationRefused: "configuration-refused"
        case .reportRunning: "report-running"
        case .unconfirmed: "unconfirmed"
        case .nothingToConfirm: "nothing-to-confirm"
        case .nothingToCancel: "nothing-to-cancel"
        case .promotionRunning: "promotion-running"
        case .noDataDirectory: "no-data-directory"
        case .diskFull: "disk-full"
        case .authenticationThrottled: "authentication-throttled"
        case .idleTooLong: "idle-too-long"
        case .retrainTooLarge: "retrain-too-large"
        case .internalFailure: "internal-failure"
        case .storageFailed: "storage-failed"
        }
    }

    /// What the code says, as one sentence for the documentation.
    public var summary: String {
        switch self {
        case .badSyntax: "The line cannot be split into words: an unclosed quote or a bad escape."
        case .unknownVerb: "The first word is no verb; the message suggests the nearest."
        case .wrongArguments: "Too few or too many arguments; the message shows the usage."
        case .badValue: "An argument is not of its kind or out of its range."
        case .unknownOption: "A key=value option that this verb does not have, or given twice."
        case .lineTooLong: "The line exceeds the limit; the connection is closed."
        case .notUTF8: "The line is not UTF-8 or holds a NUL byte."
        case .unsupportedVersion: "HELLO asked for a protocol version that is not spoken here."
        case .httpRefused: "The line is HTTP: the connection is closed."
        case .unknownUser: "No user has this identifier."
        case .unknownItem: "No item has this identifier."
        case .noHistory: "The user is known but has no ratings."
        case .noRatings: "The item is known but nobody has rated it."
        case .noCandidates: "Nothing is left to recommend: the user has rated everything."
        case .unknownAttribute: "The data has no user attribute of this name."
        case .notRated: "There is no rating of this user for this item to take back."
        case .ratingOutOfScale: "The rating lies outside the data's scale."
        case .notEnoughData: "The data is too small for what was asked."
        case .unknownGeneration: "No generation of this number is kept; GENERATIONS lists them."
        case .unknownConnection: "No connection has this number now; CLIENTS lists them."
        case .noPrevious: "No generation that served before is kept."
        case .generationRefused: "The gates keep the generation from serving; it is kept."
        case .notReproducible: "Users were forgotten whom the generation was trained with."
        case .unknownData: "The daemon's data directory holds no data of this name."
        case .unreadableData: "The data cannot be read; the message says which file and line."
        case .notPermitted: "This connection's role may not use the verb."
        case .authenticationRequired: "The verb is for connections that have proven who they are."
        case .authenticationFailed: "The name or the proof is wrong, or its nonce was used already."
        case .tooManyFailures: "Too many proofs failed on this connection, which is closed."
        case .noAuthentication: "This connection cannot be given another role by a token."
        case .authenticationOverdue: "No proof came in the time for it; the connection is closed."
        case .noRole: "The configuration has no role for this peer; the connection is closed."
        case .retrainRunning: "A retrain is running; only one runs at a time."
        case .auditRunning: "An audit is running; only one runs at a time."
        case .limitExceeded: "A published limit was reached, such as the number of connections."
        case .shuttingDown: "The daemon is stopping and takes no new work."
        case .cancelled: "The work was cancelled before it ended; nothing has changed."
        case .exportRunning: "An export is running; only one runs at a time."
        case .forgetRunning: "A user is being forgotten; what could bring them back waits."
        case .configurationRefused: "The configuration has a problem; nothing has changed."
        case .reportRunning: "A report is being made; only one is at a time."
        case .unconfirmed: "A promotion waits to be confirmed; CONFIRM or ROLLBACK first."
        case .nothingToConfirm: "No promotion waits to be confirmed, or its time is over."
        case .nothingToCancel: "No work of this kind is running."
        case .promotionRunning: "Another generation is about to serve; try again in a moment."
        case .noDataDirectory: "The daemon's configuration names no directory to read data from."
        case .diskFull: "There is no room in the state directory; nothing was acknowledged."
        case .authenticationThrottled: "Too many proofs failed lately; no proof is looked at."
        case .retrainTooLarge: "A retrain could take more memory than it may; nothing has changed."
        case .idleTooLong: "No whole request came for too long; the connection is closed."
        case .internalFailure: "A defect of the daemon; its log says more."
        case .storageFailed: "The state directory could not be written; nothing was acknowledged."
        }
    }
}

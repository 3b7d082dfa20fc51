// SPDX-License-Identifier: GPL-3.0-or-later

/// Every command of protocol 1.
///
/// A verb is declared once: its case here and its row in `specification`. Parsing, arity, HELP,
/// completion, `protocol/COMMANDS.md` and the per-verb tests are derived from the row, and
/// `Request` and the engine switch over the cases exhaustively, so that a verb without a row or
/// without a handler does not compile.
public enum Verb: String, CaseIterable, Sendable {
    case hello = "HELLO"
    case authenticate = "AUTH"
    case ping = "PING"
    case help = "HELP"
    case format = "FORMAT"
    case quit = "QUIT"
    case info = "INFO"
    case recommend = "RECOMMEND"
    case predict = "PREDICT"
    case explain = "EXPLAIN"
    case flip = "FLIP"
    case whyNot = "WHYNOT"
    case facts = "FACTS"
    case verify = "VERIFY"
    case similar = "SIMILAR"
    case search = "SEARCH"
    case show = "SHOW"
    case rate = "RATE"
    case unrate = "UNRATE"
    case audit = "AUDIT"
    case report = "REPORT"
    case retrain = "RETRAIN"
    case cancel = "CANCEL"
    case promote = "PROMOTE"
    case confirm = "CONFIRM"
    case rollback = "ROLLBACK"
    case diff = "DIFF"
    case reproduce = "REPRODUCE"
    case fidelity = "FIDELITY"
    case export = "EXPORT"
    case forget = "FORGET"
    case generations = "GENERATIONS"
    case stats = "STATS"
    case metrics = "METRICS"
    case watch = "WATCH"
    case slowlog = "SLOWLOG"
    case clients = "CLIENTS"
    case kill = "KILL"
    case reload = "RELOAD"
    case shutdown = "SHUTDOWN"

    /// The verb's row of the table.
    public var specification: VerbSpecification {
        switch self {
        case .hello: Self.helloRow
        case .authenticate: Self.authenticateRow
        case .ping: Self.pingRow
        case .help: Self.helpRow
        case .format: Self.formatRow
        case .quit: Self.quitRow
        case .info: Self.infoRow
        case .recommend: Self.recommendRow
        case .predict: Self.predictRow
        case .explain: Self.explainRow
        case .flip: Self.flipRow
        case .whyNot: Self.whyNotRow
        case .facts: Self.factsRow
        case .verify: Self.verifyRow
        case .similar: Self.similarRow
        case .search: Self.searchRow
        case .show: Self.showRow
        case .rate: Self.rateRow
        case .unrate: Self.unrateRow
        case .audit: Self.auditRow
        case .report: Self.reportRow
        case .retrain: Self.retrainRow
        case .cancel: Self.cancelRow
        case .promote: Self.promoteRow
        case .confirm: Self.confirmRow
        case .rollback: Self.rollbackRow
        case .diff: Self.diffRow
        case .reproduce: Self.reproduceRow
        case .fidelity: Self.fidelityRow
        case .export: Self.exportRow
        case .forget: Self.forgetRow
        case .generations: Self.generationsRow
        case .stats: Self.statsRow
        case .metrics: Self.metricsRow
        case .watch: Self.watchRow
        case .slowlog: Self.slowlogRow
        case .clients: Self.clientsRow
        case .kill: Self.killRow
        case .reload: Self.reloadRow
        case .shutdown: Self.shutdownRow
        }
    }
}

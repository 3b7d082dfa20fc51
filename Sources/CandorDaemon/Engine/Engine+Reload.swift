// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Credentials
import Logging

extension Engine {
    /// Reads the configuration because a signal asked for it; see `RequestService`.
    public func reload() -> Reconfiguration? {
        do throws(WireError) {
            return try reloadConfiguration().change
        } catch {
            // It has been logged.
            return nil
        }
    }

    /// Answers RELOAD.
    func reloaded() throws(WireError) -> Answer {
        let (reply, change) = try reloadConfiguration()
        return answer(reply, effect: .reconfigure(change))
    }

    /// Reads configuration and tokens anew, applies them, and tells what changed.
    private func reloadConfiguration() throws(WireError) -> (reply: Reply, change: Reconfiguration)
    {
        let tokens = try tokensReadAnew()
        let changes: [SettingChange]
        do throws(ConfigurationProblems) {
            changes = try configuration.reload()
        } catch {
            publish(.reload, [.init("state", .text("refused"))])
            for problem in error.problems { log.error("configuration refused: \(problem)") }
            throw WireErrors.configuration(error)
        }
        if let threads = configuration.current.integer(.threads) { self.threads = threads }
        if let seconds = configuration.current.seconds(.slowSeconds) {
            slowLog.thresholdNanoseconds = SlowLog.nanoseconds(seconds)
        }
        var rows = changes.map { change in
            (change.setting.name, change.old, change.new, Self.effect(of: change))
        }
        if let tokens, let authenticator, tokens != authenticator.tokens {
            rows.append(
                (
                    Setting.tokenFile.name, Self.summary(authenticator.tokens),
                    Self.summary(tokens), "applied"
                ))
            authenticator.adopt(tokens)
        }
        for (name, old, new, effect) in rows {
            log.notice("\(name): \(old ?? "none") before, \(new ?? "none") now, \(effect)")
        }
        if rows.isEmpty { log.notice("the configuration has not changed") }
        publish(
            .reload,
            [.init("state", .text("applied")), .init("changed", .integer(rows.count))])
        let reply = Reply(
            [.init("changed", .integer(rows.count))],
            columns: ["setting", "before", "now", "effect"],
            rows: rows.map { name, old, new, effect in
                [
                    .text(name), old.map { .text($0) } ?? .missing,
                    new.map { .text($0) } ?? .missing, .text(effect),
                ]
            })
        return (
            reply,
            Reconfiguration(
                configuration.current.servingOptions, revoked: revokedConnections())
        )
    }

    private func tokensReadAnew() throws(WireError) -> TokenFile? {
        do throws(TokenFileError) {
            return try authenticator?.readAnew()
        } catch {
            publish(.reload, [.init("state", .text("refused"))])
            log.error("configuration refused: \(error)")
            throw WireErrors.tokens(error)
        }
    }

    private static func summary(_ file: TokenFile) -> String {
        file.tokens.count == 1 ? "1 token" : "\(file.tokens.count) tokens"
    }

    private static func effect(of change: SettingChange) -> String {
        change.setting.isReloadable ? "applied" : "restart"
    }
}

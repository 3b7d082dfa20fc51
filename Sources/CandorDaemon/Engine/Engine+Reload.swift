// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

extension Engine {
    /// Reads the configuration because a signal asked for it; see `RequestService`.
    public func reload() -> ServingOptions? {
        do throws(WireError) {
            return try reloadConfiguration().bounds
        } catch {
            // It has been logged.
            return nil
        }
    }

    /// Answers RELOAD.
    func reloaded() throws(WireError) -> Answer {
        let (reply, bounds) = try reloadConfiguration()
        return answer(reply, effect: .reconfigure(bounds))
    }

    /// Reads the configuration anew, applies it, and tells what changed.
    private func reloadConfiguration() throws(WireError) -> (reply: Reply, bounds: ServingOptions) {
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
        for change in changes {
            log.notice(
                """
                \(change.setting.name): \(change.old ?? "none") before, \(change.new ?? "none") \
                now, \(Self.effect(of: change))
                """)
        }
        if changes.isEmpty { log.notice("the configuration has not changed") }
        publish(
            .reload,
            [.init("state", .text("applied")), .init("changed", .integer(changes.count))])
        let reply = Reply(
            [.init("changed", .integer(changes.count))],
            columns: ["setting", "before", "now", "effect"],
            rows: changes.map { change in
                [
                    .text(change.setting.name), change.old.map { .text($0) } ?? .missing,
                    change.new.map { .text($0) } ?? .missing, .text(Self.effect(of: change)),
                ]
            })
        return (reply, configuration.current.servingOptions)
    }

    private static func effect(of change: SettingChange) -> String {
        change.setting.isReloadable ? "applied" : "restart"
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import CandorProtocol
internal import Foundation

/// `candor verify`: proves an explanation from exported parameters, without the daemon's model code.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replay an explanation from exported parameters and compare.",
        discussion: """
            Asks for EXPLAIN and EXPORT explanation of the same user and item, computes the score, \
            every line's share and the effect of deleting every line again from the published \
            formulas (protocol/REPLAY.md), and says how far they are apart. Exits with 0 when \
            all agree within 1e-9 and with 3 when they do not or the daemon refuses.
            """)

    @OptionGroup var client: ClientOptions

    @Option(help: .init("Which score: ranking or rating.", valueName: "head"))
    var head = HeadName.ranking.rawValue

    @Argument(help: "Whose score.")
    var user: String

    @Argument(help: "Of what, by its identifier.")
    var item: String

    /// Checks the head's name.
    func validate() throws {
        guard HeadName(rawValue: head) != nil else {
            throw ValidationError("--head is ranking or rating")
        }
    }

    func run() throws {
        let status = status(environment: ProcessInfo.processInfo.environment)
        if status != .ok { throw ExitCode(status.rawValue) }
    }

    private func status(environment: [String: String]) -> ExitStatus {
        do throws(ClientError) {
            let daemon = try client.daemon(environment: environment)
            do throws(ConnectionError) {
                return try status(daemon.connect())
            } catch {
                throw .connection(error)
            }
        } catch {
            Output.writeError("candor: \(SafeText.of(error.description))")
            return error.exitStatus
        }
    }

    /// Asks, replays and reports.
    private func status(_ connection: Connection) throws(ConnectionError) -> ExitStatus {
        let words = "\(Quoting.word(user)) \(Quoting.word(item)) head=\(head)"
        guard let explanation = try reply(to: "EXPLAIN \(words) top=\(Limits.rowsMax)", connection),
            let export = try reply(to: "EXPORT explanation \(words)", connection)
        else { return .refused }
        guard explanation.generation == export.generation,
            explanation["ratings"] == export["ratings"]
        else {
            Output.writeError(
                "candor: the generation or the ratings changed between the two; try again")
            return .refused
        }
        do throws(VerificationError) {
            let parsed = try ExplanationExport(export)
            let check = try ExplanationCheck(explanation, parsed.replay())
            print(
                "user \(SafeText.of(user)), item \(SafeText.of(item)), head \(head), generation "
                    + "\(explanation.generation): \(parsed.kind), \(parsed.items.count) ratings")
            for finding in check.findings {
                print(
                    "\(finding.isKept ? "ok  " : "FAIL") \(finding.name): \(finding.text); "
                        + "largest difference \(finding.difference)")
            }
            return check.isConfirmed ? .ok : .refused
        } catch {
            Output.writeError("candor: \(SafeText.of(error.message))")
            return .refused
        }
    }

    /// The reply to a request; nil, after saying why, when it is refused.
    private func reply(
        to line: String, _ connection: Connection
    ) throws(ConnectionError) -> ReceivedReply? {
        switch try connection.ask(line) {
        case .success(let reply): return reply
        case .failure(let error):
            Output.writeError(
                "\(SafeText.of(error.name)) (\(error.code)): \(SafeText.of(error.message))")
            return nil
        }
    }
}

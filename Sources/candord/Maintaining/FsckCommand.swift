// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// `candord fsck`: explains what is wrong with a state directory, and repairs what can be.
struct FsckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fsck",
        abstract: "Check every file of a state directory that no daemon works in.",
        discussion: """
            Looks at the journal (structure, checksums, gaps), at each generation (manifest, hashes, \
            whether it loads), at CURRENT, at what unfinished work left, and at owners and modes. \
            Without --repair nothing is changed. --repair does only what loses no acknowledged \
            write: it removes leftovers, moves damaged generations to set-aside/, takes a torn end \
            off the journal and has CURRENT name an intact generation; for the rest it says \
            what to do. The exit status is 0 when all is well, 1 when everything wrong was repaired, \
            4 when something is still wrong, 8 when it could not look, for example because a daemon \
            runs.
            """)

    /// Something is still wrong.
    private static let unrepaired = ExitCode(4)
    /// It was not possible to look.
    private static let notChecked = ExitCode(8)

    @Argument(help: "The state directory.")
    var state: String

    @Flag(help: "Repair what can be repaired without losing an acknowledged write.")
    var repair = false

    @Flag(help: "Print problems only.")
    var quiet = false

    func run() throws {
        let check: StateCheck
        var findings: [StateFinding]
        do {
            check = try StateCheck(state)
            findings = try check.run()
        } catch let error as any CustomStringConvertible & Error {
            StandardError.print("\(error.description)")
            throw Self.notChecked
        }
        show(findings)
        let count = findings.count(where: \.isProblem)
        if repair, count > 0 {
            try perform(check, findings)
            findings = try check.run()
        }
        let left = findings.count(where: \.isProblem)
        if repair, count > 0, left > 0 {
            print("after the repair:")
            show(findings.filter(\.isProblem))
        }
        print(Self.verdict(found: count, left: left, isRepair: repair))
        if left > 0 { throw Self.unrepaired }
        if count > 0 { throw ExitCode(1) }
    }

    private func perform(_ check: StateCheck, _ findings: [StateFinding]) throws {
        var done: [StateRepair] = []
        for case .repairable(let step) in findings.map(\.kind) where !done.contains(step) {
            print("repair: \(step.summary)")
            do throws(StateRepairError) {
                try check.perform(step)
            } catch {
                StandardError.print("\(error)")
                throw Self.unrepaired
            }
            done.append(step)
        }
    }

    private func show(_ findings: [StateFinding]) {
        for finding in findings {
            switch finding.kind {
            case .note:
                if !quiet { print("\(finding.place): \(finding.message)") }
            case .repairable(let step):
                print("problem: \(finding.place): \(finding.message)")
                if !repair { print("  to do: \(step.summary) (--repair does it)") }
            case .problem(let remedy):
                print("problem: \(finding.place): \(finding.message)")
                print("  to do: \(remedy)")
            }
        }
    }

    private static func verdict(found: Int, left: Int, isRepair: Bool) -> String {
        guard found > 0 else { return "no problems" }
        let problems = found == 1 ? "1 problem" : "\(found) problems"
        guard isRepair else { return problems }
        return left == 0 ? "\(problems), all repaired" : "\(problems), \(left) left"
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// `candord check`: explains a configuration without starting anything.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Explain the configuration and every problem of it; start and change nothing.",
        discussion: """
            Reads what `candord serve` with the same flags would: the file of --config, the \
            environment (CANDORD_SOCKET and so on) over it, the flags over both. Prints each \
            setting's value and where it comes from, then what a start would meet. The exit status \
            is 0, or 78 when the daemon would not start.
            """)

    @Flag(help: "Print a commented example of a configuration file instead.")
    var example = false

    @OptionGroup var settings: SettingFlags

    func run() throws {
        if example {
            print(ConfigurationExample.text, terminator: "")
            return
        }
        let configuration: Configuration
        do throws(ConfigurationProblems) {
            configuration = try ConfigurationLayers(settings).read()
        } catch {
            for problem in error.problems { print("problem: \(problem)") }
            throw ConfigurationExit.code
        }
        print(Self.table(configuration).text)
        let inherited = try InheritedSocket.all()
        let surroundings = Surroundings(
            configuration, hasInheritedSockets: !inherited.isEmpty, isLookOnly: true)
        let findings = surroundings.findings()
        for finding in findings {
            print("\(finding.isProblem ? "problem" : "ok"): \(finding.message)")
        }
        if findings.contains(where: \.isProblem) { throw ConfigurationExit.code }
    }

    private static func table(_ configuration: Configuration) -> FigureTable {
        var table = FigureTable(name: "settings", columns: ["setting", "value", "from"])
        for setting in Setting.allCases {
            let entry = configuration.entry(setting)
            table.append([
                .word(setting.name), entry.map { .word($0.value) } ?? .missing,
                .word((entry?.origin ?? .standard).description),
            ])
        }
        return table
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// The client and the commands that run to their end.
    @Suite("Programs")
    struct Programs {
        @Test("the client says by its exit status how it went")
        func exitStatuses() throws {
            let home = try DaemonHome()
            let socket = ["--socket", home.socket]
            func run(_ arguments: [String], input: String = "") throws -> ChildProgram.Ending {
                try ChildProgram.run("candor", arguments, input: input).ending
            }
            #expect(try run(socket + ["-c", "PING"]) == .exited(2))
            let daemon = try DaemonProcess.serving(home)
            #expect(try run(socket + ["-c", "PING", "-c", "RECOMMEND 1"]) == .exited(0))
            #expect(try run(socket, input: "PING\nPREDICT 1 100\n") == .exited(0))
            #expect(try run(["--no-such-option"]) == .exited(1))
            #expect(try run(socket + ["--tcp", "127.0.0.1:1", "-c", "PING"]) == .exited(1))
            #expect(try run(socket + ["-f", home.file("absent")]) == .exited(1))
            #expect(try run(socket + ["-c", "PREDICT 1 nothing", "-c", "PING"]) == .exited(3))
            #expect(try run(socket + ["-c", "FLY"]) == .exited(3))
            #expect(try daemon.stop() == .exited(0))
            #expect(try run(socket + ["-c", "PING"]) == .exited(2))
        }

        @Test("the client's values are the daemon's")
        func clientValues() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let expected = try daemon.client().ask("RECOMMEND 1 k=20").rows
            let run = try ChildProgram.run(
                "candor", ["--socket", home.socket, "--tsv", "-c", "RECOMMEND 1 k=20"])
            let lines = run.output.split(separator: "\n").dropFirst(2)
            #expect(lines.map { $0.split(separator: "\t").map(String.init) } == expected)
            #expect(expected.count == 20)
        }

        @Test("a report is written whole, and what was there stays when it cannot be made")
        func report() throws {
            let home = try DaemonHome()
            let (page, numbers) = (home.file("report.html"), home.file("numbers.json"))
            let arguments = [
                "report", "--socket", home.socket, page, "--numbers", numbers,
            ]
            #expect(try ChildProgram.run("candor", arguments).ending == .exited(2))
            #expect(!FileManager.default.fileExists(atPath: page))
            let daemon = try DaemonProcess.serving(home)
            let run = try ChildProgram.run("candor", arguments)
            #expect(run.ending == .exited(0), "\(run.errors)")
            let html = try String(contentsOfFile: page, encoding: .utf8)
            #expect(html.hasPrefix("<!DOCTYPE html>\n") && html.hasSuffix("</html>\n"))
            let json = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: numbers)))
            let rows = (json as? [String: Any])?["rows"] as? [[String: Any]] ?? []
            #expect(rows.count > 100)
            for row in rows {
                #expect(html.contains("<code>\(row["id"] as? String ?? "missing")</code>"))
            }
            let nowhere = ["report", "--socket", home.socket, home.file("no/such/folder.html")]
            #expect(try ChildProgram.run("candor", nowhere).ending == .exited(1))
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("candor metrics prints a page for Prometheus, or replaces a file for node_exporter")
        func metrics() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let client = try daemon.client()
            for _ in 0..<3 { _ = try client.ask("PREDICT 1 1") }
            let printed = try ChildProgram.run("candor", ["metrics", "--socket", home.socket])
            #expect(printed.ending == .exited(0), "\(printed.errors)")
            let count = #"candor_request_duration_seconds_count{verb="PREDICT"} 3"#
            #expect(printed.output.split(separator: "\n").contains { $0 == count })
            let file = home.file("candor.prom")
            let arguments = ["metrics", "--socket", home.socket, "--textfile", file]
            #expect(try ChildProgram.run("candor", arguments).ending == .exited(0))
            let page = try String(contentsOfFile: file, encoding: .utf8)
            let lines = page.split(separator: "\n").map(String.init)
            #expect(page.hasSuffix("\n") && lines.contains(count))
            for line in lines { #expect(PrometheusPageTests.isLine(line), "\(line)") }
            #expect(!FileManager.default.fileExists(atPath: file + ".new"))
            #expect(try daemon.stop() == .exited(0))
            #expect(try ChildProgram.run("candor", arguments).ending == .exited(2))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == page)
        }

        @Test("the demo without a terminal prints its tour and leaves nothing behind")
        func demo() throws {
            let home = try DaemonHome()
            let folder = home.file("tmp")
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            let before = try FileManager.default.subpathsOfDirectory(atPath: home.file("")).sorted()
            let run = try ChildProgram.run(
                "candor", ["demo", "--data", home.data],
                environment: ["TMPDIR": folder, "HOME": folder, "XDG_DATA_HOME": folder])
            #expect(run.ending == .exited(0), "\(run.errors)")
            for verb in ["SHOW user", "RECOMMEND", "EXPLAIN", "PREDICT", "AUDIT"] {
                #expect(run.output.contains(verb))
            }
            #expect((run.output + run.errors).contains("SYNTHETIC"))
            let after = try FileManager.default.subpathsOfDirectory(atPath: home.file("")).sorted()
            #expect(after == before)
            #expect(try Self.commandLines().allSatisfy { !$0.contains(folder) })
        }

        /// The command lines of all processes.
        private static func commandLines() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
                guard Int(name) != nil else { return nil }
                // A process may end while the list is read: then it has no command line.
                return (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(name)/cmdline")))
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorClient
import Testing

@testable import candor

@Suite("The command line")
struct OptionsTests {
    @Test("requests keep their order and the endpoint follows the options")
    func requests() throws {
        let command = try Candor.parse(["-c", "PING", "--socket", "/s", "-c", "INFO"])
        #expect(command.commands == ["PING", "INFO"])
        let environment = ["CANDOR_SOCKET": "/e"]
        #expect(try command.client.endpoint(environment: environment) == .unix(path: "/s"))
        let other = try Candor.parse(["--tcp", "127.0.0.1:7400"])
        #expect(
            try other.client.endpoint(environment: environment)
                == .tcp(host: "127.0.0.1", port: 7400))
        #expect(
            try Candor.parse([]).client.endpoint(environment: environment) == .unix(path: "/e"))
    }

    @Test("tables are for terminals, tabs for everything else, unless asked otherwise")
    func formats() throws {
        #expect(try Candor.parse([]).client.format(showsOutput: true) == .table)
        #expect(try Candor.parse([]).client.format(showsOutput: false) == .tsv)
        #expect(try Candor.parse(["--json"]).client.format(showsOutput: true) == .json)
        #expect(try Candor.parse(["--table"]).client.format(showsOutput: false) == .table)
    }

    @Test(
        "options that contradict each other are refused",
        arguments: [["--socket", "/s", "--tcp", "h:1"], ["--json", "--tsv"], ["--bogus"]])
    func contradictions(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try Candor.parse(arguments) }
    }

    @Test("the demo is a command of its own")
    func demo() throws {
        let command = try #require(
            try Candor.parseAsRoot(["demo", "--data", "/d", "--keep"]) as? Demo)
        #expect(command.data == "/d")
        #expect(command.keep)
    }

    @Test("NO_COLOR and dumb terminals forbid colour")
    func colour() {
        for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
            let terminal = Terminal(environment: environment, allowsColour: true)
            #expect(!terminal.theme.isColoured)
            #expect(!terminal.errorTheme.isColoured)
        }
    }
}

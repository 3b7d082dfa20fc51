// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient

/// The options that say which daemon to talk to and how replies are written.
struct ClientOptions: ParsableArguments {
    @Option(help: .init("The daemon's Unix socket (also: CANDOR_SOCKET).", valueName: "path"))
    var socket: String?

    @Option(help: .init("The daemon's TCP address.", valueName: "address:port"))
    var tcp: String?

    @Flag(help: "Write the server's JSON objects, one on each line.")
    var json = false

    @Flag(help: "Write exact values separated by tabs (the default without a terminal).")
    var tsv = false

    @Flag(help: "Write tables for people (the default on a terminal).")
    var table = false

    @Flag(help: "Write no colours (also: NO_COLOR).")
    var noColor = false

    @Flag(help: "Send requests that stop the daemon without asking.")
    var yes = false

    /// Checks which options go together.
    func validate() throws {
        if socket != nil, tcp != nil {
            throw ValidationError("give either --socket or --tcp, not both")
        }
        if [json, tsv, table].filter(\.self).count > 1 {
            throw ValidationError("give only one of --json, --tsv and --table")
        }
    }

    /// The endpoint that the options or the environment name.
    func endpoint(environment: [String: String]) throws(ConnectionError) -> Endpoint {
        if let socket { return try Endpoint(socketPath: socket) }
        if let tcp { return try Endpoint(tcpAddress: tcp) }
        return try Endpoint.standard(environment: environment)
    }

    /// The format that was asked for, or the one that suits where replies go.
    func format(showsOutput: Bool) -> OutputFormat {
        if json { return .json }
        if tsv { return .tsv }
        if table { return .table }
        return showsOutput ? .table : .tsv
    }
}

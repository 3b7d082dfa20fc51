// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import CandorClient
internal import Credentials

/// The options that say which daemon to talk to and how replies are written.
struct ClientOptions: ParsableArguments {
    @Option(help: .init("The daemon's Unix socket (also: CANDOR_SOCKET).", valueName: "path"))
    var socket: String?

    @Option(help: .init("The daemon's TCP address.", valueName: "address:port"))
    var tcp: String?

    @Option(
        help: .init(
            "The file with the token to prove over TCP (also: CANDOR_TOKEN_FILE).",
            valueName: "path"))
    var tokenFile: String?

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

    /// The daemon that the options or the environment name, and what to prove to it.
    func daemon(environment: [String: String]) throws(ClientError) -> Daemon {
        let endpoint: Endpoint
        do throws(ConnectionError) {
            endpoint = try self.endpoint(environment: environment)
        } catch {
            throw .connection(error)
        }
        // A Unix socket asks for no token, so that its file need not be fit for one.
        guard case .tcp = endpoint,
            let path = tokenFile
                ?? environment["CANDOR_TOKEN_FILE"].flatMap({ $0.isEmpty ? nil : $0 })
        else { return Daemon(endpoint: endpoint) }
        do throws(TokenFileError) {
            return Daemon(endpoint: endpoint, token: try TokenFile.readOne(path))
        } catch {
            throw .tokenFile(error)
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

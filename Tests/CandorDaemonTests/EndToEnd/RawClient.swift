// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

@testable import Credentials

/// A conversation whose answers are compared byte by byte.
final class RawClient {
    /// An answer as it came.
    struct Answer: Hashable {
        /// Status line and body lines, with their ends.
        let bytes: [UInt8]
        /// The generation that the status line names; nil for an error.
        let generation: Int?
        /// The body lines' cells.
        let rows: [[String]]

        /// Whether the daemon refused the request.
        var isError: Bool { generation == nil }
        /// The answer as text, for messages.
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private let client: TestClient

    /// Connects and reads the greeting.
    convenience init(_ socket: String) throws {
        try self.init(TestClient(unix: socket))
    }

    /// Connects over TCP and reads the greeting.
    convenience init(tcp address: String) throws { try self.init(TestClient(tcp: address)) }

    private init(_ client: TestClient) throws {
        self.client = client
        let greeting = try nextLine()
        guard greeting.hasPrefix("CANDOR 1 ") else { throw EndToEndError.unexpected(greeting) }
    }

    /// Proves to hold the token of a line of a token file.
    func prove(_ line: String) throws -> Answer {
        let token = try TokenFile(Array(line.utf8), path: "line").tokens[0]
        let challenge = try ask("AUTH \(token.name) \(token.role.rawValue)").text
        guard
            let nonce = challenge.split(whereSeparator: \.isWhitespace).last?.split(separator: "=")
                .last
        else { throw EndToEndError.unexpected(challenge) }
        let statement = AuthenticationStatement(
            name: token.name, role: token.role, nonce: String(nonce))
        let proof = token.secret.proof(of: statement)
        return try ask("AUTH \(token.name) \(token.role.rawValue) proof=\(proof)")
    }

    /// Sends one request line.
    func send(_ line: String) throws { try client.send(line + "\n") }

    /// Sends bytes as they are.
    func send(bytes: [UInt8]) throws { try client.send(bytes) }

    /// Says that nothing more will be sent.
    func endInput() { client.endInput() }

    /// All lines up to the end of the stream.
    func remainingLines() throws -> [String] { try client.remainingLines() }

    /// Sends a request and reads its answer, past any progress lines.
    func ask(_ line: String) throws -> Answer {
        try send(line)
        return try nextAnswer()
    }

    /// Reads the next answer, past any progress lines.
    func nextAnswer() throws -> Answer {
        var status = try nextLine()
        while status.hasPrefix("* ") { status = try nextLine() }
        var lines = [status]
        let words = status.split(separator: " ", maxSplits: 3)
        guard words.first == "OK" else {
            guard words.first == "ERR" else { throw EndToEndError.unexpected(status) }
            return Answer(bytes: Self.bytes(lines), generation: nil, rows: [])
        }
        guard words.count >= 3, let count = Int(words[1]), words[2].hasPrefix("generation="),
            let generation = Int(words[2].dropFirst("generation=".count))
        else { throw EndToEndError.unexpected(status) }
        for _ in 0..<count { lines.append(try nextLine()) }
        let rows = lines.dropFirst().map { line in
            line.dropFirst().split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
        }
        return Answer(bytes: Self.bytes(lines), generation: generation, rows: rows)
    }

    /// Reads the next answer to a tagged request that has no progress; its tag and its size.
    func nextTaggedAnswer() throws -> (tag: String, bytes: Int) {
        let status = try nextLine()
        let words = status.split(separator: " ", maxSplits: 3)
        guard words.count >= 3, words[0].hasPrefix("@"), words[1] == "OK", let rows = Int(words[2])
        else { throw EndToEndError.unexpected(status) }
        var bytes = status.utf8.count
        for _ in 0..<rows { bytes += try nextLine().utf8.count }
        return (String(words[0].dropFirst()), bytes)
    }

    private func nextLine() throws -> String {
        guard let line = try client.line() else {
            throw EndToEndError.unexpected("the daemon closed the connection")
        }
        return line
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        lines.flatMap { Array($0.utf8) + [10] }
    }
}

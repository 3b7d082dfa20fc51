// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let helloRow = VerbSpecification(
        .hello, role: .guest,
        arguments: [
            .init("version", .integer(1...1_000_000), optional: true, "protocol version wanted")
        ],
        summary: "Agree on the protocol version and name the server.",
        detail: [
            "The reply's fields are server, version (of the protocol), role and the limits",
            "line_bytes, reply_rows, identifier_bytes and output_bytes.",
            "A version that is not spoken here is refused; the connection stays usable.",
        ],
        errors: [.unsupportedVersion], example: "HELLO 1")

    static let authenticateRow = VerbSpecification(
        .authenticate, role: .guest,
        arguments: [
            .init("name", .operand, "the token's name"),
            .init("role", .choice(Role.granted.map(\.rawValue)), "the role wanted"),
        ],
        options: [.init("proof", .operand, "the proof that the secret is known")],
        summary: "Prove to know a token's secret, over TCP, and get its role.",
        detail: [
            "Without proof= the reply's nonce is the challenge. proof= is HMAC-SHA-256, in",
            "hexadecimal digits, of \"CANDOR 1 AUTH <name> <role> <nonce>\", keyed with the",
            "secret's 32 bytes; the nonce is good for one proof. The role may be a lower one",
            "than the token's. Unix sockets ask for none: who connects decides.",
        ],
        errors: [
            .notPermitted, .authenticationFailed, .tooManyFailures, .noAuthentication,
            .authenticationThrottled,
        ], example: "AUTH shop writer")

    static let pingRow = VerbSpecification(
        .ping, role: .guest, summary: "Answer at once: the daemon is alive and serving.",
        example: "PING")

    static let helpRow = VerbSpecification(
        .help, role: .guest,
        arguments: [.init("topic", .topic, optional: true, "a verb, or --table")],
        tables: [
            ["text"],
            ["verb", "arguments", "options", "role", "long", "since", "summary"],
        ],
        summary: "List the verbs this connection may use, or explain one.",
        detail: ["HELP --table is the machine-readable form of the whole verb table."],
        errors: [.unknownVerb], example: "HELP RECOMMEND")

    static let formatRow = VerbSpecification(
        .format,
        arguments: [
            .init(
                "format", .choice(ReplyFormat.allCases.map(\.rawValue)), "how replies are rendered")
        ],
        summary: "Choose text or JSON replies for the rest of this connection.",
        detail: ["The reply to FORMAT is already in the new format."], example: "FORMAT json")

    static let quitRow = VerbSpecification(
        .quit, role: .guest, summary: "Close the connection after this reply.", example: "QUIT")
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The JSON format: each reply, error and progress report is one object on one line.
enum JSONReply {
    /// The members that a line has of its own; no field of a reply may be called one of these.
    static let reservedNames: Set = [
        "protocol", "ok", "verb", "tag", "generation", "elapsed_us", "rows", "error", "progress",
        "stage", "event",
    ]

    /// Appends a successful reply: its fields as members, its rows as an array of objects.
    static func append(
        _ reply: Reply, verb: Verb?, tag: String?, generation: Int, elapsedMicroseconds: Int,
        to output: inout [UInt8]
    ) {
        begin(
            isSuccess: true, verb: verb, tag: tag, generation: generation,
            elapsedMicroseconds: elapsedMicroseconds, to: &output)
        append(reply.fields, to: &output)
        if !reply.columns.isEmpty {
            JSONText.append(member: "rows", to: &output)
            append(reply.rows, columns: reply.columns, to: &output)
        }
        output.append(contentsOf: "}\n".utf8)
    }

    /// Appends an error as the member `error`.
    static func append(
        _ error: WireError, verb: Verb?, tag: String?, generation: Int, elapsedMicroseconds: Int,
        to output: inout [UInt8]
    ) {
        begin(
            isSuccess: false, verb: verb, tag: tag, generation: generation,
            elapsedMicroseconds: elapsedMicroseconds, to: &output)
        JSONText.append(member: "error", to: &output)
        JSONText.append(member: "code", first: true, to: &output)
        DecimalText.append(error.code.rawValue, to: &output)
        JSONText.append(member: "name", to: &output)
        JSONText.append(error.code.name, to: &output)
        JSONText.append(member: "message", to: &output)
        JSONText.append(error.message, to: &output)
        output.append(contentsOf: "}}\n".utf8)
    }

    /// Appends a progress report.
    static func append(_ progress: Progress, tag: String?, to output: inout [UInt8]) {
        JSONText.append(member: "protocol", first: true, to: &output)
        DecimalText.append(Limits.protocolVersion, to: &output)
        append(tag: tag, to: &output)
        JSONText.append(member: "progress", to: &output)
        JSONText.append(.number(progress.fraction), to: &output)
        JSONText.append(member: "stage", to: &output)
        JSONText.append(progress.stage, to: &output)
        output.append(contentsOf: "}\n".utf8)
    }

    /// Appends an event.
    static func append(_ event: Event, tag: String?, to output: inout [UInt8]) {
        JSONText.append(member: "protocol", first: true, to: &output)
        DecimalText.append(Limits.protocolVersion, to: &output)
        append(tag: tag, to: &output)
        JSONText.append(member: "event", to: &output)
        DecimalText.append(event.number, to: &output)
        JSONText.append(member: "kind", to: &output)
        JSONText.append(event.kind.rawValue, to: &output)
        JSONText.append(member: "generation", to: &output)
        DecimalText.append(event.generation, to: &output)
        JSONText.append(member: "time", to: &output)
        DecimalText.append(event.time, to: &output)
        append(event.fields, to: &output)
        output.append(contentsOf: "}\n".utf8)
    }

    private static func append(_ fields: [Reply.Field], to output: inout [UInt8]) {
        for field in fields {
            JSONText.append(member: field.name, to: &output)
            JSONText.append(field.value, to: &output)
        }
    }

    private static func begin(
        isSuccess: Bool, verb: Verb?, tag: String?, generation: Int, elapsedMicroseconds: Int,
        to output: inout [UInt8]
    ) {
        JSONText.append(member: "protocol", first: true, to: &output)
        DecimalText.append(Limits.protocolVersion, to: &output)
        JSONText.append(member: "ok", to: &output)
        JSONText.append(.flag(isSuccess), to: &output)
        JSONText.append(member: "verb", to: &output)
        JSONText.append(verb.map { .text($0.rawValue) } ?? .missing, to: &output)
        append(tag: tag, to: &output)
        JSONText.append(member: "generation", to: &output)
        DecimalText.append(generation, to: &output)
        JSONText.append(member: "elapsed_us", to: &output)
        DecimalText.append(elapsedMicroseconds, to: &output)
    }

    private static func append(tag: String?, to output: inout [UInt8]) {
        guard let tag else { return }
        JSONText.append(member: "tag", to: &output)
        JSONText.append(tag, to: &output)
    }

    private static func append(
        _ rows: [[Value]], columns: [String], to output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            for (position, (column, value)) in zip(columns, row).enumerated() {
                JSONText.append(member: column, first: position == 0, to: &output)
                JSONText.append(value, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "]"))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The text format: a status line, then as many body lines as it says.
enum TextReply {
    /// The first words of status and progress lines.
    enum Mark {
        static let success = "OK"
        static let failure = "ERR"
        static let progress = "*"
        static let event = "!"
    }

    /// Appends `[@tag ]OK <rows> generation=<g>[ name=value]…[ columns=a,b]` and the body: each
    /// row on its own line, begun by one space, its cells separated by tabs.
    static func append(
        _ reply: Reply, tag: String?, generation: Int, to output: inout [UInt8]
    ) {
        begin(Mark.success, tag, &output)
        DecimalText.append(reply.rows.count, to: &output)
        output.append(contentsOf: " generation=".utf8)
        DecimalText.append(generation, to: &output)
        append(reply.fields, to: &output)
        if !reply.columns.isEmpty {
            var separator = " columns="
            for column in reply.columns {
                output.append(contentsOf: separator.utf8)
                output.append(contentsOf: column.utf8)
                separator = ","
            }
        }
        output.append(ASCII.lineFeed)
        for row in reply.rows {
            var separator = ASCII.space
            for cell in row {
                output.append(separator)
                append(cell: cell, to: &output)
                separator = ASCII.tab
            }
            output.append(ASCII.lineFeed)
        }
    }

    /// Appends `[@tag ]ERR <code> <name> <message>`.
    static func append(_ error: WireError, tag: String?, to output: inout [UInt8]) {
        begin(Mark.failure, tag, &output)
        DecimalText.append(error.code.rawValue, to: &output)
        output.append(ASCII.space)
        output.append(contentsOf: error.code.name.utf8)
        output.append(ASCII.space)
        EscapedText.append(error.message, .cell, to: &output)
        output.append(ASCII.lineFeed)
    }

    /// Appends `[@tag ]* <percent with one decimal> <stage>`.
    static func append(_ progress: Progress, tag: String?, to output: inout [UInt8]) {
        begin(Mark.progress, tag, &output)
        let tenths = Int((progress.fraction * 1000).rounded())
        DecimalText.append(tenths / 10, to: &output)
        output.append(UInt8(ascii: "."))
        DecimalText.append(tenths % 10, to: &output)
        output.append(ASCII.space)
        EscapedText.append(progress.stage, .cell, to: &output)
        output.append(ASCII.lineFeed)
    }

    /// Appends `[@tag ]! <number> <kind> generation=<g> time=<seconds>[ name=value]…`.
    static func append(_ event: Event, tag: String?, to output: inout [UInt8]) {
        begin(Mark.event, tag, &output)
        DecimalText.append(event.number, to: &output)
        output.append(ASCII.space)
        output.append(contentsOf: event.kind.rawValue.utf8)
        output.append(contentsOf: " generation=".utf8)
        DecimalText.append(event.generation, to: &output)
        output.append(contentsOf: " time=".utf8)
        DecimalText.append(event.time, to: &output)
        append(event.fields, to: &output)
        output.append(ASCII.lineFeed)
    }

    private static func append(_ fields: [Reply.Field], to output: inout [UInt8]) {
        for field in fields {
            output.append(ASCII.space)
            output.append(contentsOf: field.name.utf8)
            output.append(ASCII.equals)
            append(field: field.value, to: &output)
        }
    }

    private static func begin(_ mark: String, _ tag: String?, _ output: inout [UInt8]) {
        if let tag {
            output.append(ASCII.at)
            output.append(contentsOf: tag.utf8)
            output.append(ASCII.space)
        }
        output.append(contentsOf: mark.utf8)
        output.append(ASCII.space)
    }

    private static func append(field value: Value, to output: inout [UInt8]) {
        if case .text(let text) = value {
            Quoting.appendValue(text, to: &output)
        } else {
            append(plain: value, to: &output)
        }
    }

    private static func append(cell value: Value, to output: inout [UInt8]) {
        if case .text(let text) = value {
            if text == "-" {
                output.append(contentsOf: #"\x2d"#.utf8)
            } else {
                EscapedText.append(text, .cell, to: &output)
            }
        } else {
            append(plain: value, to: &output)
        }
    }

    private static func append(plain value: Value, to output: inout [UInt8]) {
        switch value {
        case .text(let text): output.append(contentsOf: text.utf8)
        case .integer(let integer): DecimalText.append(integer, to: &output)
        case .number(let number):
            if !DecimalText.append(number, to: &output) { output.append(ASCII.dash) }
        case .flag(let flag): output.append(contentsOf: (flag ? "yes" : "no").utf8)
        case .missing: output.append(ASCII.dash)
        }
    }
}

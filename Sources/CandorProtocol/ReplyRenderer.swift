// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes the answer to one request in its connection's format.
///
/// The one writer of the wire: whatever values a reply holds, what is written reads back as the
/// same values (`ReplyReader`), and nothing in them can end a line or steer a terminal.
public struct ReplyRenderer: Sendable {
    /// The connection's format.
    public let format: ReplyFormat
    /// The request's tag, echoed.
    public let tag: String?
    /// The request's verb, as far as it was recognised; JSON names it.
    public let verb: Verb?

    /// Prepares for the answer to one request.
    public init(format: ReplyFormat, tag: String?, verb: Verb?) {
        self.format = format
        self.tag = tag
        self.verb = verb
    }

    /// Appends the final answer: a status line and its body, or one JSON line.
    ///
    /// `generation` is the one that all of the answer came from; `elapsedMicroseconds` counts
    /// from the request's arrival and appears in JSON only.
    public func render(
        _ response: Result<Reply, WireError>, generation: Int, elapsedMicroseconds: Int,
        into output: inout [UInt8]
    ) {
        switch (format, response) {
        case (.text, .success(let reply)):
            TextReply.append(reply, tag: tag, generation: generation, to: &output)
        case (.text, .failure(let error)):
            TextReply.append(error, tag: tag, to: &output)
        case (.json, .success(let reply)):
            JSONReply.append(
                reply, verb: verb, tag: tag, generation: generation,
                elapsedMicroseconds: elapsedMicroseconds, to: &output)
        case (.json, .failure(let error)):
            JSONReply.append(
                error, verb: verb, tag: tag, generation: generation,
                elapsedMicroseconds: elapsedMicroseconds, to: &output)
        }
    }

    /// Appends one progress line.
    public func render(_ progress: Progress, into output: inout [UInt8]) {
        switch format {
        case .text: TextReply.append(progress, tag: tag, to: &output)
        case .json: JSONReply.append(progress, tag: tag, to: &output)
        }
    }

    /// Appends one event.
    public func render(_ event: Event, into output: inout [UInt8]) {
        switch format {
        case .text: TextReply.append(event, tag: tag, to: &output)
        case .json: JSONReply.append(event, tag: tag, to: &output)
        }
    }
}

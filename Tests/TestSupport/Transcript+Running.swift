// SPDX-License-Identifier: GPL-3.0-or-later

extension Transcript {
    /// What stands for the end of a connection among the lines expected of it.
    public static let endOfConnection = "{end}"

    /// Holds the conversation and says where it went otherwise than written, if it did.
    ///
    /// Stops at the first difference. At the end every connection is closed, and it is a
    /// difference if anything more comes.
    public func run(connect: () throws -> any TranscriptConnection) throws -> String? {
        var connections: [String: any TranscriptConnection] = [:]
        for step in steps {
            let connection: any TranscriptConnection
            if let open = connections[step.connection] {
                connection = open
            } else {
                connection = try connect()
                connections[step.connection] = connection
                // Because one that is not written down is still said.
                if !step.sent.isEmpty { _ = try connection.line() }
            }
            if !step.sent.isEmpty { try connection.send(step.sent.flatMap { $0 + [0x0A] }) }
            let received = try step.received(from: connection)
            if let difference = Self.match(expected: step.expected, actual: received) {
                return "line \(step.line): \(difference)"
            }
        }
        for (name, connection) in connections {
            try connection.endInput()
            if let surplus = try connection.line() {
                return "after the end, connection \(name) received: \(surplus)"
            }
        }
        return nil
    }
}

extension Transcript.Step {
    /// Reads as many answers as are expected, and the progress lines expected after the last.
    fileprivate func received(from connection: any TranscriptConnection) throws -> [String] {
        let kinds = expected.map(TranscriptLine.init)
        let endsAfter = expected.last == Transcript.endOfConnection
        let lastFinal = kinds.lastIndex(where: \.isFinal)
        var finalsLeft = kinds.count(where: \.isFinal)
        var progressLeft = kinds[(lastFinal.map { $0 + 1 } ?? 0)...]
            .count { if case .progress = $0 { true } else { false } }
        var bodyLinesLeft = 0
        var received: [String] = []
        while endsAfter || finalsLeft > 0 || bodyLinesLeft > 0 || progressLeft > 0 {
            guard let line = try connection.line() else {
                received.append(Transcript.endOfConnection)
                break
            }
            received.append(line)
            guard bodyLinesLeft == 0 else {
                bodyLinesLeft -= 1
                continue
            }
            switch TranscriptLine(line) {
            case .greeting: finalsLeft -= 1
            case .answer(let bodyLines):
                finalsLeft -= 1
                bodyLinesLeft = bodyLines
            case .progress where finalsLeft == 0: progressLeft -= 1
            case .progress, .other: break
            }
        }
        return received
    }
}

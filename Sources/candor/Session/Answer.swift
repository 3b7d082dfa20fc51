// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol
internal import FoundationEssentials

/// What came back for a request.
enum Answer {
    case reply(ReceivedReply)
    case refusal(ReceivedError)
    /// A line of the JSON format, and whether it says that the request was granted.
    case json(String, isGranted: Bool)
    /// The person interrupted the wait.
    case cancelled
    /// A signal asked the program to end.
    case terminated
    /// What came before the answer could not be written.
    case unwritten(ClientError)

    /// What a line of the JSON format is.
    enum JSONLine: Equatable {
        case progress(fraction: Double, stage: String)
        case event
        case answer(isGranted: Bool)
        /// It is no object of this protocol.
        case malformed

        /// Reads the members that tell.
        init(_ line: String) {
            // Because a line that is no such object is an answer here, its parse error is not needed.
            guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(line.utf8))
            else {
                self = .malformed
                return
            }
            if let isGranted = envelope.ok {
                self = .answer(isGranted: isGranted)
            } else if envelope.event != nil {
                self = .event
            } else if let fraction = envelope.progress {
                self = .progress(fraction: fraction, stage: envelope.stage ?? "")
            } else {
                self = .malformed
            }
        }

        private struct Envelope: Decodable {
            let ok: Bool?
            let event: Int?
            let progress: Double?
            let stage: String?
        }
    }
}

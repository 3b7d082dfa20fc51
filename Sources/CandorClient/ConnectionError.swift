// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Why a conversation with a daemon could not be started or went wrong.
public enum ConnectionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The endpoint cannot be one: its text, and what is expected.
    case badEndpoint(String, String)
    /// Nothing listens at the endpoint.
    case noDaemon(Endpoint)
    /// This user may not open the endpoint.
    case notPermitted(Endpoint)
    /// The host's name is not known: the endpoint and the resolver's words.
    case unknownHost(Endpoint, String)
    /// A system call failed: its name, the endpoint and the system's error number.
    case system(String, Endpoint, errno: Int32)
    /// What answers at the endpoint is not a candord of this protocol: its first line.
    case notCandor(Endpoint, String)
    /// The daemon refused the connection with an error line: the code and its message.
    case refused(Endpoint, code: Int, String)
    /// The daemon closed the connection before the answer was complete.
    case closed(Endpoint)
    /// No answer came within the time allowed, in seconds.
    case timedOut(Endpoint, seconds: Double)
    /// The caller's interrupt descriptor became readable while waiting.
    case interrupted
    /// The daemon sent what protocol 1 does not allow.
    case badReply(Endpoint, String)

    /// What happened and what to do next, as one line.
    public var description: String {
        switch self {
        case .badEndpoint(let text, let reason):
            "“\(text)” is no endpoint: \(reason)"
        case .noDaemon(.unix(let path)):
            "no daemon listens on \(path); start one with “candord serve --socket \(path) …”, "
                + "name another with --socket or CANDOR_SOCKET, or try “candor demo”"
        case .noDaemon(let endpoint):
            "no daemon listens on \(endpoint); start one with “candord serve --tcp \(endpoint) …”"
        case .notPermitted(let endpoint):
            "you may not open \(endpoint); ask for the group that owns the socket, "
                + "or connect as the user who runs the daemon"
        case .unknownHost(let endpoint, let reason):
            "the host of \(endpoint) cannot be found (\(reason)); check the name"
        case .system(let call, let endpoint, let number):
            "\(call) on \(endpoint) failed: \(String(cString: strerror(number)))"
        case .notCandor(let endpoint, let line):
            "what answers on \(endpoint) is no candord of protocol 1 (it said “\(line)”); "
                + "check the endpoint and the versions"
        case .refused(let endpoint, let code, let message):
            "the daemon on \(endpoint) refused the connection: \(message) (\(code))"
        case .closed(let endpoint):
            "the daemon on \(endpoint) closed the connection; its log says why"
        case .timedOut(let endpoint, let seconds):
            "no answer from \(endpoint) within \(seconds) s; the daemon may be busy or stopped"
        case .interrupted:
            "interrupted"
        case .badReply(let endpoint, let reason):
            "\(endpoint) broke the protocol: \(reason); check that client and daemon fit"
        }
    }
}

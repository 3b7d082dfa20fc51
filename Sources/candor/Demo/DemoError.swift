// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the demo could not go on.
enum DemoError: Error, Equatable, CustomStringConvertible {
    /// The daemon's program is not beside the client's: where it was looked for.
    case noProgram(String)
    /// A data set named on the command line is not there.
    case noData(String)
    /// A system call failed: what was tried, and the system's words.
    case system(String, String)
    /// The daemon ended by itself: the last lines of its log.
    case daemonEnded([String])
    /// A helper run of the daemon's program failed: its arguments.
    case stepFailed([String])
    /// None of the users tried has ratings.
    case noUser
    /// The daemon refused a step of the tour: the request and the refusal.
    case refused(String, String)
    /// The conversation with the daemon failed.
    case client(ClientError)
    /// A person, or the system, asked the demo to end.
    case interrupted

    /// What is wrong and what to do next; several lines when there is a log to show.
    var description: String {
        switch self {
        case .noProgram(let path):
            "there is no daemon at \(path); build it with “swift build -c release”"
        case .noData(let path):
            "\(path) is not there; give --data a folder or a ratings file, or leave it out"
        case .system(let action, let reason): "cannot \(action): \(reason)"
        case .daemonEnded(let log):
            (["the daemon ended by itself; the end of its log:"] + log.map { "  \($0)" })
                .joined(separator: "\n")
        case .stepFailed(let arguments):
            "“candord \(arguments.joined(separator: " "))” failed; it says why above"
        case .noUser: "none of the users 1 to 50 has ratings; name one with --user"
        case .refused(let request, let reason): "\(request) was refused: \(reason)"
        case .client(let error): error.description
        case .interrupted: "interrupted; the demo's daemon and directory are gone"
        }
    }
}

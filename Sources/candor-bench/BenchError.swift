// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Why a benchmark could not run.
enum BenchError: Error, CustomStringConvertible {
    /// A call to the system failed.
    case system(call: String, subject: String, code: Int32)
    /// The server closed a connection under load.
    case closed(subject: String)
    /// The server refused requests that it should have answered.
    case refused(subject: String, count: Int)
    /// A program did not start serving.
    case didNotStart(String)
    /// A program ended with an error, whose last line is given.
    case failed(program: String, String)
    /// A file is not there.
    case missing(String)

    var description: String {
        switch self {
        case .system(let call, let subject, let code):
            "\(call) failed for \(subject): \(String(cString: strerror(code)))"
        case .closed(let subject):
            "\(subject) closed a connection during the measurement; its log may say why"
        case .refused(let subject, let count):
            "\(subject) refused \(count) requests; check that it serves the data given with --data"
        case .didNotStart(let what):
            "\(what) did not start serving; run it by hand to see why"
        case .failed(let program, let line):
            "\(program) failed: \(line)"
        case .missing(let path):
            "there is no \(path)"
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol
internal import Glibc

extension Session {
    /// Files may include files to this depth; deeper ones include themselves.
    private static let includeDepthMax = 8

    /// Runs a line that begins with a backslash.
    func runMeta(_ line: String, depth: Int) throws(ClientError) -> Outcome {
        let command: MetaCommand
        do { command = try MetaCommand(line) } catch { throw .meta(error) }
        switch command {
        case .help: try output.write(Self.metaHelp)
        case .quit: return .ended
        case .timing(let wanted):
            showsTiming = wanted ?? !showsTiming
            notice("timing is \(showsTiming ? "on" : "off")")
        case .format(let wanted):
            format = wanted
            notice("replies are written as \(wanted.rawValue)")
        case .output(let path):
            output = if let path { try Output(path: Self.expanded(path)) } else { Output() }
        case .include(let path): return try include(Self.expanded(path), depth: depth + 1)
        case .again: return try perform(try requestToRepeat(nil))
        case .watch(let seconds, let request):
            return try watch(try requestToRepeat(request), seconds: seconds)
        }
        return .done
    }

    /// Runs the lines of a file (`-` is standard input); goes on after refusals, but not after a wrong line.
    func include(_ path: String, depth: Int = 0) throws(ClientError) -> Outcome {
        guard depth <= Self.includeDepthMax else { throw .meta(.tooDeep(path)) }
        guard let file = path == "-" ? fdopen(dup(STDIN_FILENO), "r") : fopen(path, "re") else {
            throw .file(path, String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var worst = Outcome.done
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        while true {
            let count = getline(&buffer, &capacity, file)
            guard count >= 0, let buffer else { break }
            var bytes = UnsafeRawBufferPointer(start: buffer, count: count)[...]
            while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
                bytes.removeLast()
            }
            switch try run(String(decoding: bytes, as: UTF8.self), depth: depth) {
            case .done: break
            case .refused: worst = .refused
            case .cancelled: return .cancelled
            case .ended: return worst == .refused ? .refused : .ended
            }
        }
        return worst
    }

    private func watch(_ request: String, seconds: Double) throws(ClientError) -> Outcome {
        guard let signals else { throw .meta(.usage(.watch)) }
        while true {
            let outcome = try run(request, depth: Self.includeDepthMax)
            guard outcome == .done else { return outcome }
            if let signal = signals.wait(seconds: seconds) {
                return signal == SIGINT ? .cancelled : .ended
            }
        }
    }

    private func requestToRepeat(_ request: String?) throws(ClientError) -> String {
        guard let line = request ?? lastRequest else { throw .meta(.nothingToRepeat) }
        return line
    }

    /// The path with a leading `~/` replaced by the home directory.
    private static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }

    private static var metaHelp: [String] {
        let usages = MetaCommand.Name.allCases.map(\.usage)
        let width = usages.map(\.syntax.count).max() ?? 0
        return usages.map { syntax, summary in
            syntax + String(repeating: " ", count: width + 2 - syntax.count) + summary
        } + [
            "",
            "TAB completes verbs, options, users seen before, and items by words of their titles;",
            "a title in quotes may stand for an item: predict 1 \"toy story\".",
        ]
    }
}

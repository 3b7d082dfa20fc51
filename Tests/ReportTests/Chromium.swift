// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc

/// A headless Chromium of one's own, driven through a pipe with the DevTools protocol.
///
/// Nothing listens on a port; the browser's profile is a temporary folder, removed at the end.
final class Chromium {
    /// What a browser did not do.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The program, where it is installed.
    static let program = [
        ProcessInfo.processInfo.environment["CANDOR_CHROMIUM"], "/usr/bin/chromium",
        "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    ].compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

    private static let timeoutMilliseconds: Int32 = 120_000

    private let process: pid_t
    private let commands: Int32
    private let answers: Int32
    private let profile: String
    private var received: [UInt8] = []
    private var nextID = 1
    private var session: String?
    /// What the page reported by itself since it was opened: exceptions, console and log messages.
    private(set) var complaints: [String] = []
    private var loadCount = 0

    /// Starts the browser and opens an empty page.
    init() throws {
        guard let program = Self.program else { throw Failure(description: "no Chromium") }
        profile = NSTemporaryDirectory() + "candor-chromium-" + UUID().uuidString
        var toChild: [Int32] = [0, 0]
        var fromChild: [Int32] = [0, 0]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
            throw Failure(description: "no pipe")
        }
        // Above 3 and 4, which the child has its ends at, and closed in the child.
        let own = (toChild + fromChild).map { fcntl($0, F_DUPFD_CLOEXEC, 20) }
        for descriptor in toChild + fromChild { close(descriptor) }
        commands = own[1]
        answers = own[2]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, own[0], 3)
        posix_spawn_file_actions_adddup2(&actions, own[3], 4)
        let arguments = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
            "--user-data-dir=" + profile, "--remote-debugging-pipe", "about:blank",
        ]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var child: pid_t = 0
        let result = posix_spawn(&child, program, &actions, nil, &words, environ)
        words.forEach { free($0) }
        posix_spawn_file_actions_destroy(&actions)
        close(own[0])
        close(own[3])
        guard result == 0 else { throw Failure(description: "cannot start \(program)") }
        process = child
        try openPage()
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(commands)
        close(answers)
        // Because a helper of the browser may still be writing into it, what cannot be removed
        // is left to the system's cleaning of temporary folders.
        try? FileManager.default.removeItem(atPath: profile)
    }

    private func openPage() throws {
        let target = try call("Target.createTarget", ["url": "about:blank"])
        let attached = try call(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
        session = attached["sessionId"] as? String
        for domain in ["Page", "Runtime", "Log"] { try call(domain + ".enable") }
    }

    /// Loads a file in a window of some size and colour scheme.
    func open(_ path: String, width: Int, height: Int, isDark: Bool) throws {
        complaints = []
        try call(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
        try call(
            "Emulation.setEmulatedMedia",
            [
                "features": [
                    ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
                ]
            ])
        let loads = loadCount
        try call("Page.navigate", ["url": "file://" + path])
        while loadCount == loads { try readMessage() }
    }

    /// The value of an expression in the page, by way of JSON.
    func evaluate<Value: Decodable>(_ script: String, as type: Value.Type) throws -> Value {
        let answer = try call(
            "Runtime.evaluate",
            ["expression": "JSON.stringify(\(script))", "returnByValue": true])
        guard let result = answer["result"] as? [String: Any], let text = result["value"] as? String
        else { throw Failure(description: "the script failed: \(answer)") }
        return try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// The page as it would be printed.
    func printed() throws -> Data {
        let answer = try call("Page.printToPDF", ["printBackground": true])
        guard let text = answer["data"] as? String, let data = Data(base64Encoded: text) else {
            throw Failure(description: "no PDF")
        }
        return data
    }

    @discardableResult
    private func call(
        _ method: String, _ parameters: [String: Any] = [:]
    ) throws -> [String: Any] {
        let id = nextID
        nextID += 1
        var message: [String: Any] = ["id": id, "method": method, "params": parameters]
        if let session { message["sessionId"] = session }
        var bytes = [UInt8](try JSONSerialization.data(withJSONObject: message)) + [0]
        while !bytes.isEmpty {
            let count = write(commands, bytes, bytes.count)
            guard count > 0 else { throw Failure(description: "the browser has ended") }
            bytes.removeFirst(count)
        }
        while true {
            let answer = try readMessage()
            guard answer["id"] as? Int == id else { continue }
            if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
            return answer["result"] as? [String: Any] ?? [:]
        }
    }

    /// The next message; what the page reports by itself is taken note of.
    @discardableResult
    private func readMessage() throws -> [String: Any] {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = try JSONSerialization.jsonObject(with: Data(received[..<end]))
                received.removeSubrange(...end)
                guard let message = message as? [String: Any] else { continue }
                note(message)
                return message
            }
            var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Self.timeoutMilliseconds) > 0 else {
                throw Failure(description: "the browser does not answer")
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(answers, &buffer, buffer.count)
            guard count > 0 else { throw Failure(description: "the browser has ended") }
            received += buffer[..<count]
        }
    }

    private func note(_ message: [String: Any]) {
        switch message["method"] as? String {
        case "Page.loadEventFired": loadCount += 1
        case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded":
            complaints.append("\(message["params"] ?? "")")
        default: break
        }
    }
}

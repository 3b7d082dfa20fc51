// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Credentials
import Foundation

/// What a configuration would meet on this machine; looks and changes nothing.
struct Surroundings {
    /// One thing found.
    struct Finding: Equatable {
        /// Whether the daemon would not start because of it.
        let isProblem: Bool
        /// What it is, and what to do about a problem.
        let message: String

        static func problem(_ message: String) -> Finding {
            Finding(isProblem: true, message: message)
        }

        static func fact(_ message: String) -> Finding {
            Finding(isProblem: false, message: message)
        }
    }

    let configuration: Configuration
    /// Whether the service manager passes sockets.
    let hasInheritedSockets: Bool
    /// Whether nothing is to be started.
    let isLookOnly: Bool
    private let files = FileManager.default

    init(_ configuration: Configuration, hasInheritedSockets: Bool, isLookOnly: Bool = false) {
        self.configuration = configuration
        self.hasInheritedSockets = hasInheritedSockets
        self.isLookOnly = isLookOnly
    }

    /// Everything found, in the order a start would meet it.
    func findings() -> [Finding] {
        state() + data() + retrainData() + retrainMemory() + sockets() + tokens() + descriptors()
    }

    /// Throws the problems, when there are any.
    func refuse() throws(ConfigurationProblems) {
        let problems = findings().filter(\.isProblem)
        guard problems.isEmpty else {
            throw ConfigurationProblems(unmet: problems.map(\.message))
        }
    }

    private func state() -> [Finding] {
        guard let path = configuration.text(.state) else {
            return [unset(.state)]
        }
        guard let isDirectory = isDirectory(path) else {
            let parent = Self.parent(of: path)
            guard isDirectory(parent) == true, files.isWritableFile(atPath: parent) else {
                return [.problem("\(path) does not exist and cannot be made in \(parent)")]
            }
            return [.fact("\(path) will be made")]
        }
        guard isDirectory else { return [.problem("\(path) is not a directory")] }
        guard files.isReadableFile(atPath: path), files.isWritableFile(atPath: path) else {
            return [
                .problem("\(path) may not be read and written by this user; see its owner and mode")
            ]
        }
        return [.fact(hasGeneration ? "\(path) holds a generation to serve" : "\(path) is empty")]
    }

    private var hasGeneration: Bool {
        guard let path = configuration.text(.state) else { return false }
        return files.fileExists(atPath: path + "/CURRENT")
    }

    private func data() -> [Finding] {
        guard let path = configuration.text(.data) else {
            guard !hasGeneration, !isLookOnly || configuration.text(.state) != nil else {
                return []
            }
            return [.problem(FirstGenerationError.noData.description)]
        }
        if files.isReadableFile(atPath: path) { return [.fact("\(path) can be read")] }
        let message = "\(path) does not exist or may not be read"
        // Because the data is read for the first generation only.
        return [hasGeneration ? .fact(message + "; it is not needed") : .problem(message)]
    }

    private func retrainMemory() -> [Finding] {
        guard let limit = MemoryLimit.current(configuration) else {
            return [.fact("RETRAIN may take any amount of memory")]
        }
        return [.fact("RETRAIN may take \(limit.bytes >> 20) MiB of memory (\(limit.origin))")]
    }

    private func retrainData() -> [Finding] {
        guard let path = configuration.text(.retrainData) else { return [] }
        let isThere = isDirectory(path) == true && files.isReadableFile(atPath: path)
        // Because it can be made later: a RETRAIN that needs it says what is missing.
        return [.fact(isThere ? "RETRAIN may read data in \(path)" : "\(path) cannot be read now")]
    }

    private func sockets() -> [Finding] {
        var findings: [Finding] = []
        for setting in [Setting.socket, .readonlySocket] {
            guard let path = configuration.text(setting) else { continue }
            let folder = Self.parent(of: path)
            if isDirectory(folder) != true, isDirectory(Self.parent(of: folder)) != true {
                findings.append(.problem("the folder of the socket \(path) does not exist"))
            } else {
                findings.append(.fact("listens on \(path)"))
            }
        }
        if let address = configuration.text(.tcp) { findings.append(network(address)) }
        if hasInheritedSockets { findings.append(.fact("listens on what systemd passes")) }
        if findings.isEmpty { findings.append(unset(.socket)) }
        return findings
    }

    private func network(_ text: String) -> Finding {
        do {
            let address = try NetworkAddress(text)
            guard address.isLoopback || configuration.text(.tokenFile) != nil else {
                throw ServingError.notLoopback(text)
            }
            return .fact("listens on \(text)")
        } catch {
            return .problem("\(error)")
        }
    }

    private func tokens() -> [Finding] {
        guard let path = configuration.text(.tokenFile) else { return [] }
        do {
            let count = try TokenFile.read(path, credentialsDirectory: Self.credentials).tokens
                .count
            return [
                .fact(
                    count > 0
                        ? "\(path) holds \(count) tokens"
                        : "\(path) holds no token, so that nobody can use TCP; "
                            + "`candord token new NAME ROLE >> \(path)` adds one")
            ]
        } catch {
            return [.problem("\(error)")]
        }
    }

    /// Where the service manager puts what only the daemon may read.
    static let credentials = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]

    /// What to say of a setting without which nothing starts.
    private func unset(_ setting: Setting) -> Finding {
        // Because units give flags and sockets to `serve` alone, a look at a file lacks them.
        isLookOnly
            ? .fact("\(setting.name) is not set here: the unit, a flag or the file must give it")
            : .problem(ConfigurationProblems(unset: setting).description)
    }

    private func descriptors() -> [Finding] {
        let room = DescriptorLimit.connectionsMax
        guard let count = configuration.integer(.connectionsMax), count > room else { return [] }
        return [
            .problem(
                "connections-max is \(count) and the limit of file descriptors leaves room for "
                    + "\(room); raise LimitNOFILE= or lower connections-max")
        ]
    }

    private func isDirectory(_ path: String) -> Bool? {
        var isDirectory: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
        return isDirectory.boolValue
    }

    private static func parent(of path: String) -> String {
        // Because NSString's way to it ends the program when the path is one letter.
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
}

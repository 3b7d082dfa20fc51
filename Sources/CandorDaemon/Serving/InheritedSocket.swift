// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A listening socket that the service manager passed on (sd_listen_fds(3), read directly).
public struct InheritedSocket: Sendable, Equatable {
    /// The descriptor's number.
    public let descriptor: Int32
    /// What `FileDescriptorName=` calls it; `unknown` when there is no name.
    public let name: String

    static let firstDescriptor: Int32 = 3
    /// More than any unit passes; a larger count is a mistake.
    static let countMax = 64

    /// The sockets passed to this process; none without a service manager.
    public static func all() throws(ServingError) -> [InheritedSocket] {
        try passed().filter { !HandedGeneration.isName($0.name) }
    }

    /// The generation that the daemon before this one has handed over through the service manager.
    public static func handedGeneration() throws(ServingError) -> HandedGeneration? {
        HandedGeneration(try passed().map { ($0.name, $0.descriptor) })
    }

    /// Every descriptor passed to this process.
    private static func passed() throws(ServingError) -> [InheritedSocket] {
        try parse(
            processID: environment("LISTEN_PID"), count: environment("LISTEN_FDS"),
            names: environment("LISTEN_FDNAMES"), ownProcessID: getpid())
    }

    /// Reads the three variables `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES`.
    ///
    /// Variables meant for another process, or absent ones, mean no sockets. Throws
    /// `badInheritance` when the count is no number from 0 to 64 or the names are not as many.
    static func parse(
        processID: String?, count: String?, names: String?, ownProcessID: Int32
    ) throws(ServingError) -> [InheritedSocket] {
        guard let processID, let count, Int32(processID) == ownProcessID else { return [] }
        guard let number = Int(count), (0...countMax).contains(number) else {
            throw .badInheritance("LISTEN_FDS is '\(count)', not a number from 0 to \(countMax)")
        }
        var nameList = [Substring](repeating: "unknown", count: number)
        if let names {
            nameList = names.split(separator: ":", omittingEmptySubsequences: false)
            if number == 0, names.isEmpty { nameList = [] }
            guard nameList.count == number else {
                throw .badInheritance(
                    "LISTEN_FDNAMES has \(nameList.count) names for \(number) sockets")
            }
        }
        return nameList.enumerated().map { index, name in
            InheritedSocket(descriptor: firstDescriptor + Int32(index), name: String(name))
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

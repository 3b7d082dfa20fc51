// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The memory that this process could have: the machine's, or what its control group allows.
enum MachineMemory {
    /// Bytes, or nil where nothing says.
    static var bytes: Int? { smallest(physicalBytes, groupBytes(root: "/sys/fs/cgroup")) }

    private static var physicalBytes: Int? {
        let (pages, pageBytes) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        return pages > 0 && pageBytes > 0 ? pages * pageBytes : nil
    }

    /// The least of `memory.max` and `memory.high`, which systemd's MemoryMax= and MemoryHigh= set, of
    /// this process's control group (version 2) and those above it; nil where there is none.
    ///
    /// `membership` is what /proc/self/cgroup says.
    static func groupBytes(
        root: String, membership: String = KernelFile.text("/proc/self/cgroup") ?? ""
    ) -> Int? {
        guard
            let line = membership.split(separator: "\n").first(where: { $0.hasPrefix("0::/") })
        else { return nil }
        var path = root
        var least = limits(path)
        for part in line.dropFirst("0::/".count).split(separator: "/") where part != ".." {
            path += "/" + part
            least = smallest(least, limits(path))
        }
        return least
    }

    /// What one group allows; the word `max`, or no such file, is no limit.
    private static func limits(_ path: String) -> Int? {
        smallest(number(path + "/memory.max"), number(path + "/memory.high"))
    }

    private static func number(_ path: String) -> Int? {
        KernelFile.text(path).flatMap { Int($0.prefix { $0 != "\n" }) }
    }

    private static func smallest(_ one: Int?, _ other: Int?) -> Int? {
        [one, other].compactMap(\.self).min()
    }
}

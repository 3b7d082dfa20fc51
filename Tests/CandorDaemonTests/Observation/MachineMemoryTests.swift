// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("The machine's memory")
struct MachineMemoryTests {
    @Test("the least limit of the group and those above it counts, `max` is none")
    func groups() throws {
        let scratch = try ScratchDirectory()
        func limit(_ membership: String) -> Int? {
            MachineMemory.groupBytes(root: scratch.path, membership: membership)
        }
        for folder in ["system.slice", "system.slice/candord.service"] {
            try FileManager.default.createDirectory(
                atPath: scratch.file(folder), withIntermediateDirectories: false)
        }
        let group = "system.slice/candord.service"
        let membership = "0::/\(group)\n"
        #expect(limit(membership) == nil)
        try scratch.write(group + "/memory.max", Array("max\n".utf8))
        #expect(limit(membership) == nil)
        try scratch.write(group + "/memory.max", Array("4294967296\n".utf8))
        try scratch.write(group + "/memory.high", Array("max\n".utf8))
        #expect(limit(membership) == 4 << 30)
        try scratch.write(group + "/memory.high", Array("3221225472\n".utf8))
        #expect(limit(membership) == 3 << 30)
        try scratch.write("system.slice/memory.max", Array("1073741824\n".utf8))
        #expect(limit(membership) == 1 << 30)
        #expect(limit("4:memory:/elsewhere\n" + membership) == 1 << 30)
        #expect(limit("4:memory:/elsewhere\n") == nil)
        #expect(limit("0::/../\(group)\n") == 1 << 30)
        #expect(limit("") == nil)
    }

    @Test("this process has memory, of which some is no file's")
    func own() throws {
        let all = try #require(MachineMemory.bytes)
        #expect(ProcessMemory.anonymousBytes > 1 << 20)
        #expect(ProcessMemory.anonymousBytes < all)
        #expect(ProcessMemory.anonymousBytes <= ProcessMemory.peakBytes)
        #expect(KernelFile.text("/proc/self/nothing") == nil)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc

/// What watches the tests and the programs they start, where they were built for it.
public enum Sanitizer: String, Sendable {
    case address = "AddressSanitizer"
    case thread = "ThreadSanitizer"

    /// The one of this build, if any; its run-time library is part of every program of the build.
    public static let active: Sanitizer? =
        if dlsym(nil, "__tsan_init") != nil {
            .thread
        } else if dlsym(nil, "__asan_init") != nil {
            .address
        } else {
            nil
        }

    /// Whether the memory that a program occupies is its own; says so on the standard error where it
    /// is not.
    ///
    /// A sanitizer keeps a shadow of all memory, and some of what was freed.
    public static let leavesMemoryAlone: Bool = {
        guard let active else { return true }
        FileHandle.standardError.write(
            Data("SKIPPED: under \(active.rawValue) NO bound of memory is checked\n".utf8))
        return false
    }()

    /// How long a test may wait for what takes at most `seconds` in a build that nothing watches.
    public static func patience(_ seconds: Double) -> Double {
        switch active {
        case nil: seconds
        case .address: seconds * 4
        case .thread: seconds * 20
        }
    }

    /// How often a test repeats what it does `count` times in a build that nothing watches.
    ///
    /// One that counts on chance finds in the rounds left what is wrong in every build, and there a
    /// sanitizer looks for the rest.
    public static func rounds(_ count: Int) -> Int { active == nil ? count : (count + 3) / 4 }
}

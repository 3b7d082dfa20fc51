// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// The kernels of other processors against those of this one.
@Suite("Kernels of other processors")
struct KernelBitsTests {
    /// Whether the script finds what it needs; it says on the standard error what it does not.
    private static let canRun: Bool = {
        // Because a Python that cannot be started is one that is not there.
        guard PythonProgram.isPresent,
            let asked = try? PythonProgram.run("kernel_bits.py", ["--can-run"])
        else { return false }
        FileHandle.standardError.write(Data(asked.output.utf8))
        return asked.status == 0
    }()

    @Test(
        "the C builds for arm64 and gives the same bits there as on x86-64",
        .enabled(if: canRun, "SKIPPED: no cross compiler and emulators"))
    func sameBits() throws {
        let compared = try PythonProgram.run("kernel_bits.py", [])
        #expect(compared.status == 0, "\(compared.output)")
    }
}

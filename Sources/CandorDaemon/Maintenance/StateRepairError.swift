// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a step of a repair failed; steps before it stay done.
public struct StateRepairError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The step, as `StateRepair.summary` has it.
    public let step: String
    /// Why it failed.
    public let reason: String

    /// Both, and what to do next.
    public var description: String {
        "could not \(step): \(reason); mend that and run 'candord fsck --repair' again"
    }
}

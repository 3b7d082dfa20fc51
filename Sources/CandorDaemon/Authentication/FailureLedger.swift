// SPDX-License-Identifier: GPL-3.0-or-later

/// Who has failed to prove who they are lately, and so has to wait.
///
/// Failures are counted for each address and for all together, in windows of a minute that begin
/// with the first. An address that gave a right proof within the hour is not made to wait for what
/// others do. Memory: a bounded number of addresses; beyond it, strangers are counted as one.
struct FailureLedger {
    /// Failures of one address in a window.
    static let addressMax = 10
    /// Failures of all addresses in a window.
    static let overallMax = 100
    static let windowNanoseconds: UInt64 = 60_000_000_000
    static let trustNanoseconds: UInt64 = 3600_000_000_000
    static let addressesMax = 4096

    private struct Window {
        var beganAt: UInt64
        var count: Int
    }

    private var failures: [String: Window] = [:]
    private var overall = Window(beganAt: 0, count: 0)
    private var provedAt: [String: UInt64] = [:]

    /// The whole seconds until a proof from `address` is looked at again; nil when it is now.
    func secondsToWait(_ address: String, at now: UInt64) -> Int? {
        let own = failures[address] ?? failures[Self.others(address, in: failures)]
        if let own, own.count >= Self.addressMax, let wait = Self.rest(own, now) { return wait }
        guard overall.count >= Self.overallMax, !isTrusted(address, at: now) else { return nil }
        return Self.rest(overall, now)
    }

    /// Counts a wrong proof.
    mutating func failed(_ address: String, at now: UInt64) {
        Self.count(&overall, now)
        if failures.count >= Self.addressesMax {
            failures = failures.filter { Self.rest($0.value, now) != nil }
        }
        let key = failures[address] == nil ? Self.others(address, in: failures) : address
        var window = failures[key] ?? Window(beganAt: now, count: 0)
        Self.count(&window, now)
        failures[key] = window
    }

    /// Remembers a right proof.
    mutating func proved(_ address: String, at now: UInt64) {
        failures[address] = nil
        if provedAt.count >= Self.addressesMax {
            provedAt = provedAt.filter { now &- $0.value < Self.trustNanoseconds }
        }
        if provedAt.count < Self.addressesMax { provedAt[address] = now }
    }

    private func isTrusted(_ address: String, at now: UInt64) -> Bool {
        provedAt[address].map { now &- $0 < Self.trustNanoseconds } ?? false
    }

    /// What an address that is not in a ledger is counted as.
    private static func others(_ address: String, in failures: [String: Window]) -> String {
        failures.count < addressesMax ? address : "others"
    }

    private static func count(_ window: inout Window, _ now: UInt64) {
        if rest(window, now) == nil { window = Window(beganAt: now, count: 0) }
        window.count += 1
    }

    /// The whole seconds until a window ends; nil when it has.
    private static func rest(_ window: Window, _ now: UInt64) -> Int? {
        let age = now &- window.beganAt
        guard age < windowNanoseconds else { return nil }
        return Int((windowNanoseconds - age - 1) / 1_000_000_000) + 1
    }
}

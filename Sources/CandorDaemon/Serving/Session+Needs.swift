// SPDX-License-Identifier: GPL-3.0-or-later

extension Session {
    /// What its owner has to do after a turn.
    struct Needs: OptionSet {
        let rawValue: UInt8

        /// More bytes should be read.
        static let input = Needs(rawValue: 1)
        /// Output waits.
        static let output = Needs(rawValue: 2)
        /// Another turn.
        static let turn = Needs(rawValue: 4)
        /// Everything is said and sent.
        static let end = Needs(rawValue: 8)
    }

    /// All of what it needs at this moment, at once.
    var needs: Needs {
        var needs: Needs = []
        if wantsInput { needs.insert(.input) }
        if !output.isEmpty { needs.insert(.output) }
        if canAdvance { needs.insert(.turn) }
        if isFinished { needs.insert(.end) }
        return needs
    }
}

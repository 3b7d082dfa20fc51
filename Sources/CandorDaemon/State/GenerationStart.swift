// SPDX-License-Identifier: GPL-3.0-or-later

/// What a daemon finds to serve when it starts.
public enum GenerationStart: Sendable {
    /// The generation that `CURRENT` names, intact.
    case ready(Generation)
    /// The newest intact generation, because the one to serve could not be used, and why.
    case fallback(Generation, notices: [String])
    /// No generation was ever saved.
    case empty
    /// There are generations, but none is intact, and why.
    case nothingIntact(notices: [String])
}

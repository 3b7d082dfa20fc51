// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// What held-out ratings said about one generation's options, kept so that the next audit of the
/// same generation need not train again.
struct HeldOutCache: Sendable {
    let generation: Int
    let measurements: HeldOutMeasurements
}

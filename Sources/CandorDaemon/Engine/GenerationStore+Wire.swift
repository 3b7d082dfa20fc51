// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension GenerationStore {
    /// A kept generation that a request names, proved by its hashes unless it serves.
    ///
    /// `serving` need not be loaded again. O(ratings) otherwise.
    func generation(_ number: Int, serving: Generation) throws(WireError) -> Generation {
        if number == serving.number { return serving }
        do throws(GenerationError) {
            return try load(number)
        } catch {
            throw WireErrors.named(error)
        }
    }
}

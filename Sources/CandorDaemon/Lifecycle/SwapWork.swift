// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Having another kept generation serve: everything it needs, and no way to touch the engine.
struct SwapWork: Sendable {
    /// What asks for it.
    enum Cause: Sendable, Equatable {
        /// PROMOTE; a refused generation only where `isForced`.
        case promotion(number: Int, confirmation: Confirmation?, isForced: Bool)
        /// ROLLBACK, or a promotion that nobody confirmed.
        case rollback
    }

    let cause: Cause
    let store: GenerationStore

    /// Loads the generation and has the disk name it; a success means that it is durable.
    ///
    /// It cannot be cancelled.
    func run(progress: (Double, String) -> Bool) -> Result<Generation, WireError> {
        do throws(WireError) {
            let number = try number()
            _ = progress(0, "loading generation \(number)")
            let next: Generation
            do throws(GenerationError) {
                next = try store.load(number)
            } catch {
                throw WireErrors.named(error)
            }
            do throws(GenerationError) {
                switch cause {
                case .promotion(_, let confirmation, _):
                    try store.promote(number, confirmation: confirmation)
                case .rollback: try store.rollBack(to: number)
                }
            } catch {
                throw WireErrors.storage(error)
            }
            return .success(next)
        } catch {
            return .failure(error)
        }
    }

    private func number() throws(WireError) -> Int {
        switch cause {
        case .promotion(let number, _, let isForced):
            let manifest: GenerationManifest
            do throws(GenerationError) {
                manifest = try store.inspect(number)
            } catch {
                throw WireErrors.named(error)
            }
            guard !isForced, let gates = manifest.gates, gates.isRefused else { return number }
            throw GateRefusal.error(number: number, gates)
        case .rollback:
            do throws(GenerationError) {
                if let previous = try store.previous() { return previous }
            } catch {
                throw WireErrors.storage(error)
            }
            throw WireError(
                .noPrevious,
                "no generation that served before is kept; GENERATIONS lists what PROMOTE can take")
        }
    }
}

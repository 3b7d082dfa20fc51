// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

extension Engine {
    /// Begins what an operator asks of the generations.
    func steer(_ steering: Request.Steering, _ ticket: Ticket) throws(WireError) {
        switch steering {
        case .promote(let number, let seconds, let isForced):
            try promote(ticket, number, secondsToConfirm: seconds, isForced: isForced)
        case .confirm: try confirm(ticket)
        case .rollback: try rollBack(ticket)
        case .cancel(let work): try cancel(ticket, work)
        case .difference(let first, let second): try difference(ticket, first, second)
        case .reproduce(let number): try reproduce(ticket, number)
        }
    }

    private func promote(
        _ ticket: Ticket, _ number: Int, secondsToConfirm: Int?, isForced: Bool
    ) throws(WireError) {
        try requireNoTraining()
        try requireNoSwap()
        try requireNothingUnconfirmed()
        guard number != generation else {
            throw WireError(
                .badValue, "generation \(number) serves already; GENERATIONS lists the others")
        }
        let previous = generation
        let confirmation = secondsToConfirm.map {
            Confirmation(windowSeconds: $0, nowSeconds: clock.now())
        }
        let cause = SwapWork.Cause.promotion(
            number: number, confirmation: confirmation, isForced: isForced)
        swap(ticket, cause) { next, _ in
            let overruled = next.manifest.gates?.reasons ?? []
            return (
                .promoted(
                    number: number, previous: previous, confirmation: confirmation,
                    overruled: overruled),
                [
                    .init("previous", .integer(previous)),
                    .init(
                        "confirm_by", confirmation.map { .integer($0.deadlineSeconds) } ?? .missing),
                    .init("overruled", .flag(!overruled.isEmpty)),
                ]
            )
        }
    }

    private func rollBack(_ ticket: Ticket) throws(WireError) {
        try requireNoTraining()
        try requireNoSwap()
        let from = generation
        swap(ticket, .rollback) { next, engine in
            (
                .rolledBack(from: from, to: next.number),
                [.init("rolled_back", .integer(from))]
                    + engine.previousRows.map { Reply.Field($0.0, $0.1) }
            )
        }
    }

    /// Runs a swap in the background; `outcome` says what is announced and answered in the end.
    private func swap(
        _ ticket: Ticket, _ cause: SwapWork.Cause,
        _ outcome: @escaping @Sendable (Generation, Engine) -> (LifecycleEvent, [Reply.Field])
    ) {
        let work = SwapWork(cause: cause, store: store)
        swapJob = run(ticket, .soon) { progress in
            let result = work.run(progress: progress)
            return { engine in
                let response = engine.finishSwap(result).map { next in
                    let (event, fields) = outcome(next, engine)
                    engine.announce(event, for: ticket)
                    return Reply(fields)
                }
                return .answer(ticket, Answer(response, generation: engine.generation))
            }
        }
    }

    /// Serves what a swap has loaded, on the loop's thread.
    private func finishSwap(
        _ result: Result<Generation, WireError>
    ) -> Result<Generation, WireError> {
        swapJob?.join()
        swapJob = nil
        do throws(WireError) {
            let next = try result.get()
            try serve(next)
            awaitConfirmation()
            return .success(next)
        } catch {
            return .failure(error)
        }
    }

    private func confirm(_ ticket: Ticket) throws(WireError) {
        try requireNoSwap()
        guard let confirmation = try pendingConfirmation(),
            confirmation.secondsLeft(at: clock.now()) > 0
        else {
            throw WireError(
                .nothingToConfirm,
                "no promotion waits to be confirmed; generation \(generation) serves")
        }
        let (store, number) = (store, generation)
        swapJob = run(ticket, .soon) { _ in
            let result = Result { () throws(GenerationError) in try store.confirm() }
            return { engine in
                engine.swapJob?.join()
                engine.swapJob = nil
                engine.awaitConfirmation()
                let response = result.mapError(WireErrors.storage).map {
                    engine.announce(.confirmed(number: number), for: ticket)
                    return Reply()
                }
                return .answer(ticket, Answer(response, generation: engine.generation))
            }
        }
    }

    /// Has a timer wait for the end of the time to confirm, where something is to be confirmed.
    func awaitConfirmation() {
        do throws(GenerationError) {
            confirmationTimer = try store.confirmation().map { confirmation in
                let inbox = inbox
                return ConfirmationTimer(confirmation, clock: clock) {
                    inbox.post([.step { $0.revertUnconfirmed() }])
                }
            }
        } catch {
            confirmationTimer = nil
            log.error(
                """
                it is not known whether generation \(generation) must be confirmed, so it is not \
                taken back before the next start: \(error)
                """)
        }
    }

    /// Goes back to what served before because nobody confirmed; while something else is under way
    /// that must not be disturbed, the timer calls again.
    private func revertUnconfirmed() {
        guard swapJob == nil, forgetting == nil, retrainJob == nil, !isStopping else { return }
        do throws(WireError) {
            guard try pendingConfirmation() != nil else { return }
        } catch {
            finishRevert(.failure(error), from: generation)
            return
        }
        let work = SwapWork(cause: .rollback, store: store)
        let from = generation
        let inbox = inbox
        let job = BackgroundJob(for: .nobody)
        swapJob = job
        job.start(.soon) { _ in
            let result = work.run { _, _ in true }
            inbox.post([.step { $0.finishRevert(result, from: from) }])
        }
    }

    private func finishRevert(_ result: Result<Generation, WireError>, from: Int) {
        switch finishSwap(result) {
        case .success(let next): announce(.reverted(from: from, to: next.number))
        case .failure(let error):
            // Until an operator acts, or the next start tries again.
            confirmationTimer = nil
            announce(.revertFailed(number: from, error))
        }
    }

    /// Throws while another generation is about to serve.
    func requireNoSwap() throws(WireError) {
        guard swapJob == nil else {
            throw WireError(
                .promotionRunning,
                "another generation is about to serve; try again when that has ended")
        }
    }

    /// Throws while something trains that a swap, a retrain or a forgetting must wait for.
    func requireNoTraining() throws(WireError) {
        try requireNothingForgotten()
        guard retrainJob == nil else {
            throw WireError(
                .retrainRunning,
                "a retrain is running; try again when it has ended, or CANCEL it first")
        }
    }

    /// By when the promotion of what serves must be confirmed; nil when it is final.
    func pendingConfirmation() throws(WireError) -> Confirmation? {
        do throws(GenerationError) {
            return try store.confirmation()
        } catch {
            throw WireErrors.storage(error)
        }
    }

    /// Throws while a promotion waits to be confirmed.
    func requireNothingUnconfirmed() throws(WireError) {
        guard let confirmation = try pendingConfirmation() else { return }
        throw WireError(
            .unconfirmed,
            "the promotion of generation \(generation) is to be confirmed within "
                + "\(max(0, confirmation.secondsLeft(at: clock.now()))) s; CONFIRM or ROLLBACK first"
        )
    }
}

extension Ticket {
    /// Whoever the daemon does something for that nobody asked for: connections count from 1.
    static let nobody = Ticket(connection: 0, sequence: 0)
}

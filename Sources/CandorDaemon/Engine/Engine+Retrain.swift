// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Logging
import Ratings
import Trust

extension Engine {
    /// Begins to train the next generation in the background.
    func retrain(_ ticket: Ticket, _ request: Request.RetrainOptions) throws(WireError) {
        try requireNoTraining()
        try requireNoSwap()
        try requireNothingUnconfirmed()
        let options = try serving.manifest.training.changed(by: request)
        if let mitigation = options.mitigation {
            _ = try mitigatedAttribute(mitigation.attribute)
        }
        // Other data may have other attributes; training looks.
        if request.data == nil { try checkInputs(options.demographics) }
        let work = RetrainWork(
            generation: serving, source: try trainingSource(request.data),
            journalSequence: appliedSequence, options: options,
            threads: request.threads ?? threads, store: store,
            limits: GateLimits(configuration.current), isForced: request.isForced,
            memoryLimit: MemoryLimit.current(configuration.current))
        retrainJob = run(ticket) { progress in
            let result = work.run(progress: progress)
            return { $0.finishRetrain(ticket, result) }
        }
        announce(.retrainBegan, for: ticket)
    }

    /// Throws unless the data has attributes of these names that can be inputs.
    private func checkInputs(_ names: [String]) throws(WireError) {
        do throws(AttributeInputError) {
            _ = try AttributeInputs(named: names, of: serving.users)
        } catch {
            throw WireError(.unknownAttribute, error.description)
        }
    }

    /// Where a retrain takes its ratings from: the data set of a name, else what serves.
    private func trainingSource(_ name: String?) throws(WireError) -> TrainingSource {
        guard let name else { return .serving(serving, overlay) }
        guard let path = configuration.current.text(.retrainData) else {
            throw WireError(
                .noDataDirectory,
                "no directory to read data from is configured; put the data into one, set "
                    + "\(Setting.retrainData.name) to it and RELOAD")
        }
        return .files(
            DataDirectory(path: path), name: name,
            skipBadLines: configuration.current.flag(.skipBadLines), journal,
            journalSequence: appliedSequence)
    }

    /// Serves the new generation, or keeps the old one, on the loop's thread.
    private func finishRetrain(
        _ ticket: Ticket, _ result: Result<RetrainWork.Outcome, WireError>
    ) -> Delivery {
        retrainJob?.join()
        retrainJob = nil
        retrainProgress = nil
        let response: Result<Reply, WireError>
        do throws(WireError) {
            response = .success(try conclude(try result.get(), for: ticket))
        } catch {
            if error.code != .generationRefused {
                announce(.retrainFailed(error), for: ticket)
            }
            response = .failure(error)
        }
        return .answer(ticket, Answer(response, generation: generation))
    }

    private func conclude(
        _ outcome: RetrainWork.Outcome, for ticket: Ticket
    ) throws(WireError) -> Reply {
        switch outcome {
        case .promoted(let next):
            let previous = generation
            try serve(next)
            announce(
                .retrained(
                    number: next.number, previous: previous, hash: next.manifest.factorHash),
                for: ticket)
            return retrained("promoted")
        case .unchanged:
            announce(.retrainUnchanged, for: ticket)
            return retrained("unchanged")
        case .refused(let manifest):
            guard let gates = manifest.gates else {
                throw WireError(.internalFailure, "a generation was refused without a gate")
            }
            announce(.refused(number: manifest.number, reasons: gates.reasons), for: ticket)
            throw GateRefusal.error(number: manifest.number, gates)
        }
    }

    /// What RETRAIN answers of the generation that serves after it.
    private func retrained(_ state: String) -> Reply {
        let manifest = serving.manifest
        let description = ModelDescription(manifest.training)
        let fields: [Reply.Field] =
            [
                .init("ratings", .integer(manifest.ratingCount)),
                .init("users", .integer(manifest.userCount)),
                .init("rating_model", .text(manifest.training.rating.rawValue)),
                .init("ranking_model", .text(manifest.training.ranking.rawValue)),
            ] + description.inputFields + description.mitigationFields
        return Reply(
            fields + [
                .init("hash", .text(manifest.factorHash)), .init("state", .text(state)),
            ], columns: Verb.retrain.specification.tables[0],
            rows: state == "unchanged"
                ? [] : (manifest.gates?.findings ?? []).map(Self.row))
    }

    private static func row(_ finding: GateVerdict.Finding) -> [Value] {
        func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .missing }
        func text(_ value: String?) -> Value { value.map { .text($0) } ?? .missing }
        return [
            .text(finding.gate), text(finding.attribute), number(finding.before),
            number(finding.after), number(finding.bound), .text(finding.outcome.rawValue),
            text(finding.reason),
        ]
    }

    /// Swaps the serving generation; ratings newer than its data are folded in again.
    func serve(_ next: Generation) throws(WireError) {
        do {
            let later = try journal.entries(after: next.manifest.journalSequence)
            overlay = RatingOverlay(later)
            appliedSequence = later.last?.sequence ?? next.manifest.journalSequence
        } catch {
            throw WireErrors.storage(error)
        }
        install(next)
    }

    /// Serves `next`; everything that was made of another generation goes.
    func install(_ next: Generation) {
        serving = next
        similarity = ItemSimilarity(of: next.rankingHead)
        stranger = StrangerSolution(next)
        heldOut = nil
        reported = nil
        traits = nil
        fidelity = store.fidelity(of: next.manifest.number)
        cache.invalidateAll()
    }
}

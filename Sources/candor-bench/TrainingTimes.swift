// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// How long trainings took, ours and a peer's in turns.
///
/// Processor time counts all threads: unlike the time on the wall it is hardly disturbed by what else
/// the machine does, and it tells nothing of how well threads share the work.
struct TrainingTimes {
    /// What is compared with.
    let peer: PeerModel
    private var ours: [Double] = []
    private var oursProcessor: [Double] = []
    private var theirs: [Double] = []
    private var theirsProcessor: [Double] = []

    init(beside peer: PeerModel) { self.peer = peer }

    /// Times one training of ours.
    mutating func train<Head>(_ body: () throws -> Head) rethrows -> Head {
        let processor = MonotonicClock.nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
        let (head, seconds) = try MonotonicClock.seconds(body)
        let spent = MonotonicClock.nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - processor
        ours.append(seconds)
        oursProcessor.append(Double(spent) / 1e9)
        return head
    }

    /// Notes one training of the peer's; nil when it did not run.
    mutating func add(_ result: PeerResult?) {
        guard let result else { return }
        theirs.append(result.trainSeconds)
        if let processor = result.trainProcessorSeconds { theirsProcessor.append(processor) }
    }

    /// The last training's time beside the peer's of the same turn.
    func last(_ name: String, _ result: PeerResult?) -> Comparison {
        Comparison(
            name, .seconds, ours.last ?? .nan, beside: .init(peer.name, result?.trainSeconds))
    }

    /// The medians, and of the processor time.
    func medians(_ name: String, target: Target) -> [Comparison] {
        [
            Comparison(
                name + ", median", .seconds, Summary.median(of: ours) ?? .nan,
                beside: .init(peer.name, Summary.median(of: theirs)), target: target),
            Comparison(
                name + ", processor time", .seconds, Summary.median(of: oursProcessor) ?? .nan,
                beside: .init(peer.name, Summary.median(of: theirsProcessor))),
        ]
    }
}

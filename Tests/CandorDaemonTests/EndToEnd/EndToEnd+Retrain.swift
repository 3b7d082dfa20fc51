// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Testing

extension EndToEnd {
    /// What those who ask notice of a retrain: nothing but better answers.
    @Suite("Retrain")
    struct Retrain {
        @Test("under load no answer fails, mixes generations or goes back to an older one")
        func underLoad() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let load = ReadingLoad(daemon, connectionCount: 6)
            let crowd = load.begin()
            do {
                defer { load.end() }
                let connection = try daemon.connection()
                for generation in 2...6 {
                    try load.waitUntilAllSaw(generation - 1)
                    var fractions: [Double] = []
                    let answer = try connection.ask(
                        "RETRAIN seed=\(generation * 11)", timeoutSeconds: EndToEnd.timeoutSeconds
                    ) { fractions.append($0.fraction) }
                    #expect(try answer.get().generation == generation)
                    #expect(fractions == fractions.sorted())
                }
                try load.waitUntilAllSaw(6)
            }
            try crowd.join()
            #expect(load.problems.isEmpty)
            // Otherwise a mixed answer could not be told from a right one.
            #expect(load.everyRequestChanges(between: 1...6))
            #expect(try daemon.stop() == .exited(0))
        }
    }
}

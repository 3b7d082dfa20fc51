// SPDX-License-Identifier: GPL-3.0-or-later

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
                let operatorClient = try daemon.client()
                for generation in 2...6 {
                    try load.waitUntilAllSaw(generation - 1)
                    let answer = try operatorClient.ask("RETRAIN seed=\(generation * 11)")
                    #expect(answer.generation == generation, "\(answer.text)")
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

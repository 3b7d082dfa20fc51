// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient

/// Finds, fetches or makes up the data the demo runs on, and says which.
struct DemoDataPreparation {
    /// The daemon's program.
    let program: String
    /// The demo's temporary directory, for made-up data.
    let directory: String
    let signals: SignalChannel
    let say: (String) -> Void

    /// The path of the data to serve.
    func path(
        given: String?, environment: [String: String]
    ) throws(DemoError) -> String {
        if let given {
            guard Endpoint.somethingIs(at: given) else { throw .noData(given) }
            return given
        }
        switch DemoData(environment: environment, exists: Endpoint.somethingIs(at:)) {
        case .present(let path, let why):
            say("using \(path) (\(why))")
            return path
        case .absent(let folder):
            say("fetching MovieLens 1M into \(folder), once; its terms of use follow")
            if try runProgram(["fetch", DemoData.preferred, "--into", folder]) {
                return folder + "/" + DemoData.preferred
            }
            say("MovieLens 1M cannot be had here: making up SYNTHETIC data instead.")
            say("Its users and films do not exist; give --data for real ones.")
            let made = directory + "/data"
            let arguments = ["generate", made]
            guard try runProgram(arguments) else { throw .stepFailed(arguments) }
            return made
        }
    }

    private func runProgram(_ arguments: [String]) throws(DemoError) -> Bool {
        try ChildProcess(program, arguments, logPath: nil).wait(unless: signals)
    }
}

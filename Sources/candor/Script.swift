// SPDX-License-Identifier: GPL-3.0-or-later

/// Requests that are run one after the other without a person: from -c, a file, or standard input.
struct Script {
    /// Lines to run first.
    let commands: [String]
    /// A file to run then (`-` is standard input); standard input when nil and there are no
    /// commands.
    let file: String?

    /// Runs everything and returns what to exit with; goes on after refusals.
    ///
    /// A line that is wrong for the client itself ends the file it is in. Throws when the
    /// connection fails, because nothing that follows could be run.
    func run(in session: Session) throws(ClientError) -> ExitStatus {
        try session.connect()
        var worst = ExitStatus.ok
        for command in commands {
            let (status, isOver) = try runReporting { () throws(ClientError) in
                try session.run(command)
            }
            worst = max(worst, status)
            if isOver { return worst }
        }
        guard let file = file ?? (commands.isEmpty ? "-" : nil) else { return worst }
        let (status, _) = try runReporting { () throws(ClientError) in
            try session.include(file)
        }
        return max(worst, status)
    }

    private func runReporting(
        _ body: () throws(ClientError) -> Session.Outcome
    ) throws(ClientError) -> (ExitStatus, isOver: Bool) {
        do throws(ClientError) {
            switch try body() {
            case .done: return (.ok, false)
            case .refused: return (.refused, false)
            case .cancelled, .ended: return (.ok, true)
            }
        } catch {
            guard error.exitStatus == .usage else { throw error }
            Output.writeError("candor: \(SafeText.of(error.description))")
            return (.usage, false)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc

/// A process of one of the package's programs, killed with the last reference.
final class ChildProgram {
    /// How a process ended.
    enum Ending: Equatable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    /// What it writes to its standard output.
    let output: OutputCapture
    /// What it writes to its standard error.
    let errors: OutputCapture
    private let process = Process()
    private let hasEnded = DispatchSemaphore(value: 0)
    private var ending: Ending?

    /// Starts the program called `name`.
    ///
    /// `environment` is set in addition to what the tests run with; `input` is all of its standard
    /// input. `launcher` is a command that the program and its arguments are appended to, and that
    /// becomes the program.
    init(
        _ name: String, _ arguments: [String], environment: [String: String] = [:],
        input: String = "", launcher: [String] = []
    ) throws {
        let command = ["/usr/bin/env"] + launcher + [try BuiltProgram.path(name)] + arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, own in own }
        let (input, inputText) = (Pipe(), input)
        let (standardOutput, standardError) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = standardOutput
        process.standardError = standardError
        let hasEnded = hasEnded
        process.terminationHandler = { _ in hasEnded.signal() }
        try process.run()
        output = OutputCapture(standardOutput.fileHandleForReading)
        errors = OutputCapture(standardError.fileHandleForReading)
        try input.fileHandleForWriting.write(contentsOf: Data(inputText.utf8))
        try input.fileHandleForWriting.close()
    }

    deinit {
        if ending == nil { kill() }
    }

    /// The number of the process.
    var identifier: Int32 { process.processIdentifier }

    /// Asks it to end.
    func terminate() { send(SIGTERM) }

    /// Ends it at once.
    func kill() { send(SIGKILL) }

    /// Waits until it has ended and all its output is here; kills it when that takes too long.
    func waitForEnd() throws -> Ending {
        if let ending { return ending }
        guard EndToEnd.waits(until: { hasEnded.wait(timeout: .now() + 1) == .success }) else {
            kill()
            throw EndToEndError.timedOut("the end of the process", output: errors.text)
        }
        let ending: Ending =
            switch process.terminationReason {
            case .exit: .exited(process.terminationStatus)
            case .uncaughtSignal: .killed(signal: process.terminationStatus)
            @unknown default: .exited(process.terminationStatus)
            }
        self.ending = ending
        try output.waitForEnd()
        try errors.waitForEnd()
        return ending
    }

    private func send(_ signal: Int32) {
        // An unfinished process is not waited for by anybody else, so that the number is its own.
        if process.isRunning { Glibc.kill(process.processIdentifier, signal) }
    }

    /// Runs the program called `name` to its end.
    static func run(
        _ name: String, _ arguments: [String], environment: [String: String] = [:],
        input: String = "", launcher: [String] = []
    ) throws -> (ending: Ending, output: String, errors: String) {
        let program = try ChildProgram(
            name, arguments, environment: environment, input: input, launcher: launcher)
        let ending = try program.waitForEnd()
        return (ending, program.output.text, program.errors.text)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// A program that this one started and ends at the latest when it lets go of it.
final class ChildProcess {
    private let identifier: pid_t
    private var status: Int32?

    /// How long an asked child gets to end before it is killed.
    private static let graceSeconds = 12.0
    private static let pollSeconds = 0.02

    /// Starts a program in a process group of its own, so that ^C does not reach it.
    ///
    /// - Parameters:
    ///   - program: its path.
    ///   - arguments: its arguments, without its name.
    ///   - logPath: a file for its standard output and error; nil sends both to this program's
    ///     standard error.
    /// - Throws: why it could not be started.
    init(_ program: String, _ arguments: [String], logPath: String?) throws(DemoError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if let logPath {
            let flags = O_WRONLY | O_CREAT | O_APPEND
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, logPath, flags, 0o600)
        }
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var pipe = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &pipe)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, words, environ)
        guard code == 0 else { throw .system("start \(program)", String(cString: strerror(code))) }
        self.identifier = identifier
    }

    deinit { stop() }

    /// Whether the child has ended, and whether well (exit status 0); nil while it runs.
    func ending() -> Bool? {
        if status == nil {
            var found: Int32 = 0
            if waitpid(identifier, &found, WNOHANG) == identifier { status = found }
        }
        return status.map { $0 == 0 }
    }

    /// Waits for the child to end and returns whether it ended well; stops it on a signal.
    func wait(unless signals: SignalChannel) throws(DemoError) -> Bool {
        while true {
            if let isWell = ending() { return isWell }
            guard signals.wait(seconds: Self.pollSeconds) == nil else {
                stop()
                throw .interrupted
            }
        }
    }

    /// Asks the child to end, waits until it does, and kills it if it does not.
    func stop() {
        guard ending() == nil else { return }
        kill(identifier, SIGTERM)
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(Self.graceSeconds)
        while ending() == nil, clock.now < deadline { usleep(useconds_t(Self.pollSeconds * 1e6)) }
        guard ending() == nil else { return }
        kill(identifier, SIGKILL)
        var found: Int32 = 0
        if waitpid(identifier, &found, 0) == identifier { status = found }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let statsRow = VerbSpecification(
        .stats,
        tables: [
            [
                "verb", "requests", "errors", "waiting", "mean_us", "p50_us", "p90_us", "p99_us",
                "p999_us", "max_us",
            ]
        ],
        summary: "Requests and latencies by verb since the start, connections, memory.",
        detail: [
            "Latencies go from a request's arrival to its answer, in microseconds; the",
            "quantiles (p50_us is the median) are exact to 1.6%. waiting counts requests",
            "begun and not answered yet: of RATE, changes on their way to the disk.",
            "Depths of queues: loop_ready, sockets ready at once in the loop's latest turn;",
            "loop_queued, connections with more to do than a turn allows; inbox, results of",
            "other threads not collected yet; journal_queued, changes that wait for the next",
            "write; _max, the most ever.",
        ],
        example: "STATS")

    static let metricsRow = VerbSpecification(
        .metrics, tables: [["text"]],
        summary: "What STATS counts and more, as a page in Prometheus' text format.",
        detail: [
            "Each row is a line of the page. candor metrics prints the page itself, or",
            "replaces a file for node_exporter: candor metrics --textfile FILE.",
        ],
        example: "METRICS")

    static let watchRow = VerbSpecification(
        .watch,
        arguments: [
            .init(
                "kinds", .choices(EventKind.watchable.map(\.rawValue)), optional: true,
                "what to be told of; default all that the role may know")
        ],
        summary: "Tell what happens, as it happens, until the next line arrives.",
        detail: [
            "Events come as lines before the answer, which comes when the connection's next",
            "line arrives, whatever it is, or the daemon stops (ended says which). events",
            "counts those told and missed. Who does not read for long misses events and is",
            "told how many: kind missed, field count. generation, confirmation, retrain and",
            "shutdown are for readers too, the other kinds for operators. generation says",
            "why another one serves (cause) and by when a promotion must be confirmed;",
            "retrain ends with an outcome, or with a reason and what the gates found.",
            "Nothing of any user is told.",
        ],
        errors: [.notPermitted, .shuttingDown],
        example: "WATCH generation,retrain", isLong: true)

    static let slowlogRow = VerbSpecification(
        .slowlog, role: .operator,
        options: [
            .init(
                "limit", .integer(1...Limits.rowsMax),
                "rows at most; default \(Request.Default.slowRequests)")
        ],
        tables: [["request", "time", "verb", "us", "rows", "error"]],
        summary: "The latest requests that took long, newest first.",
        detail: [
            "Long is from the setting slow-seconds on; threshold_us says how long that is.",
            "Verbs that take long anyway (RETRAIN and others with progress lines) are left",
            "out. request is connection.sequence, as in the log, time is in seconds since",
            "1970, error is the code's name. Nothing of what was asked about is kept.",
        ],
        example: "SLOWLOG limit=5")

    static let clientsRow = VerbSpecification(
        .clients, role: .operator,
        tables: [
            [
                "connection", "role", "endpoint", "pid", "uid", "age_s", "idle_s", "requests",
                "errors", "waiting", "last", "address", "token",
            ]
        ],
        summary: "The connections that are open now.",
        detail: [
            "pid and uid are the process and user that connected to a Unix socket. waiting",
            "counts requests begun and not answered yet; last is the verb answered last.",
            "address and token are where a TCP connection comes from and what it has proven.",
            "you is the connection that asks.",
        ],
        example: "CLIENTS")

    static let killRow = VerbSpecification(
        .kill, role: .operator,
        arguments: [.init("connection", .integer(1...Int.max), "its number; CLIENTS lists them")],
        summary: "Close somebody's connection at once.",
        detail: [
            "What it waits for is not answered; its long work is cancelled, its ratings that",
            "are on their way to the disk are kept.",
        ],
        errors: [.unknownConnection],
        example: "KILL 7")
}

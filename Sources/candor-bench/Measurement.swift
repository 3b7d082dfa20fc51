// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon

/// One line of the results: what was measured, how, and the figures that apply.
struct Measurement {
    /// What was measured.
    var name: String
    /// How many connections, over a socket.
    var connections: Int?
    /// How many requests each connection kept under way.
    var pipelined: Int?
    /// Half of the requests took at most this long.
    var p50Microseconds: Double?
    /// All but one in a hundred took at most this long.
    var p99Microseconds: Double?
    /// Requests answered per second.
    var perSecond: Double?
    /// The server's own processor time for each request.
    var processorMicroseconds: Double?
    /// How long something took that was done once.
    var seconds: Double?
    /// The most memory occupied.
    var mebibytes: Double?
    /// The most memory, or the size of a file, for each rating.
    var bytesPerRating: Double?

    init(_ name: String) {
        self.name = name
    }

    init(_ name: String, seconds: Double) {
        self.name = name
        self.seconds = seconds
    }

    init(_ name: String, _ latency: LatencyHistogram) {
        self.name = name
        p50Microseconds = latency.quantileMicroseconds(0.5)
        p99Microseconds = latency.quantileMicroseconds(0.99)
    }

    /// A column: its name for programs, its heading, its decimals, and its figure.
    struct Column {
        let key: String
        let heading: String
        let decimals: Int
        let value: (Measurement) -> Double?
    }

    /// All figures in the order they are shown.
    static var columns: [Column] {
        [
            Column(key: "connections", heading: "conns", decimals: 0) {
                $0.connections.map { Double($0) }
            },
            Column(key: "pipelined", heading: "in flight", decimals: 0) {
                $0.pipelined.map { Double($0) }
            },
            Column(key: "p50_us", heading: "p50 µs", decimals: 1, value: \.p50Microseconds),
            Column(key: "p99_us", heading: "p99 µs", decimals: 1, value: \.p99Microseconds),
            Column(key: "per_second", heading: "per second", decimals: 0, value: \.perSecond),
            Column(
                key: "cpu_us", heading: "CPU µs", decimals: 2, value: \.processorMicroseconds),
            Column(key: "seconds", heading: "seconds", decimals: 3, value: \.seconds),
            Column(key: "mebibytes", heading: "MiB", decimals: 1, value: \.mebibytes),
            Column(
                key: "bytes_per_rating", heading: "B/rating", decimals: 1,
                value: \.bytesPerRating),
        ]
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Request lines made in advance, sent over and over in their order.
struct RequestMix {
    private let bytes: [UInt8]
    private let ends: [Int]

    /// At least one request, each with its line end.
    init(_ requests: [String]) {
        precondition(!requests.isEmpty, "a mix without requests")
        var bytes: [UInt8] = []
        ends = requests.map { request in
            bytes.append(contentsOf: request.utf8)
            return bytes.count
        }
        self.bytes = bytes
    }

    /// How many there are.
    var count: Int { ends.count }

    /// Appends the request of a number, counted round and round, to `output`.
    func append(_ number: Int, to output: inout [UInt8]) {
        let index = number % ends.count
        output.append(contentsOf: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

struct InheritedSocketTests {
    private static func parse(
        _ processID: String?, _ count: String?, _ names: String?
    ) throws -> [InheritedSocket] {
        try InheritedSocket.parse(
            processID: processID, count: count, names: names, ownProcessID: 42)
    }

    @Test("sockets are numbered from 3 and carry their names")
    func named() throws {
        #expect(
            try Self.parse("42", "2", "control:readonly") == [
                InheritedSocket(descriptor: 3, name: "control"),
                InheritedSocket(descriptor: 4, name: "readonly"),
            ])
    }

    @Test("without names the sockets are called unknown")
    func unnamed() throws {
        #expect(try Self.parse("42", "1", nil) == [.init(descriptor: 3, name: "unknown")])
    }

    @Test("variables that are absent or meant for another process mean no sockets")
    func notForUs() throws {
        #expect(try Self.parse(nil, nil, nil).isEmpty)
        #expect(try Self.parse("41", "2", nil).isEmpty)
        #expect(try Self.parse("42", nil, nil).isEmpty)
        #expect(try Self.parse("42", "0", "").isEmpty)
    }

    @Test(
        "counts and names that cannot be are refused",
        arguments: [("x", nil), ("-1", nil), ("1000000", nil), ("2", "control"), ("1", "a:b")]
            as [(String, String?)])
    func refused(count: String, names: String?) {
        #expect(throws: ServingError.self) { try Self.parse("42", count, names) }
    }

    @Test("a socket named readonly makes readers, others have the role given")
    func roles() {
        let control = InheritedSocket(descriptor: 3, name: "control")
        let readOnly = InheritedSocket(descriptor: 4, name: "readonly")
        #expect(Endpoint.inherited(control).role == .operator)
        #expect(Endpoint.inherited(readOnly).role == .reader)
    }
}

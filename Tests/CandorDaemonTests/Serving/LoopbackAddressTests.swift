// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

struct LoopbackAddressTests {
    @Test(
        "loopback addresses are taken",
        arguments: ["127.0.0.1:7411", "127.8.9.10:1", "[::1]:65535", "127.0.0.1:0"])
    func taken(text: String) throws {
        #expect(try LoopbackAddress(text).description == text)
    }

    @Test("localhost is 127.0.0.1")
    func localhost() throws {
        #expect(try LoopbackAddress("localhost:80").description == "127.0.0.1:80")
    }

    @Test(
        "addresses of other networks are refused, with what to use instead",
        arguments: ["0.0.0.0:7411", "192.168.1.1:7411", "[::]:7411", "[::ffff:127.0.0.1]:1"])
    func refused(text: String) {
        let error = #expect(throws: ServingError.self) { try LoopbackAddress(text) }
        #expect(error == .notLoopback(text))
        #expect(error?.description.contains("127.0.0.1:PORT") == true)
    }

    @Test(
        "text that is no address is refused",
        arguments: [
            "", "7411", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "::1:80",
            "[::1]", "example.org:80", "127.1:80",
        ])
    func malformed(text: String) {
        #expect(throws: ServingError.badAddress(text)) { try LoopbackAddress(text) }
    }
}

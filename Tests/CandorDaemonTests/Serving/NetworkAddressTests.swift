// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

struct NetworkAddressTests {
    @Test(
        "addresses are taken",
        arguments: [
            "127.0.0.1:7411", "127.8.9.10:1", "[::1]:65535", "127.0.0.1:0", "0.0.0.0:1", "[::]:1",
        ])
    func taken(text: String) throws {
        #expect(try NetworkAddress(text).description == text)
    }

    @Test("localhost is 127.0.0.1")
    func localhost() throws {
        #expect(try NetworkAddress("localhost:80").description == "127.0.0.1:80")
    }

    @Test(
        "addresses that other machines reach are no loopback addresses",
        arguments: [
            ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("[::1]:1", true),
            ("0.0.0.0:7411", false),
            ("192.168.1.1:7411", false), ("[::]:7411", false), ("[::ffff:127.0.0.1]:1", false),
            ("[fe80::1]:1", false), ("128.0.0.1:1", false), ("[::2]:1", false),
        ])
    func loopback(text: String, isLoopback: Bool) throws {
        let address = try NetworkAddress(text)
        #expect(address.description == text)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(
        "text that is no address is refused",
        arguments: [
            "", "7411", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "::1:80",
            "[::1]", "example.org:80", "127.1:80",
        ])
    func malformed(text: String) {
        #expect(throws: ServingError.badAddress(text)) { try NetworkAddress(text) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc
import Testing

@testable import CandorDaemon

@Suite("Peers' addresses")
struct PeerAddressTests {
    /// What the kernel would say of a peer at an address.
    private func address(_ text: String) throws -> PeerAddress {
        var storage = sockaddr_storage()
        try NetworkAddress(text).withSocketAddress { pointer, length in
            withUnsafeMutableBytes(of: &storage) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: Int(length)))
            }
        }
        return try #require(PeerAddress(storage))
    }

    @Test(
        "limits count an IPv4 address as one, and of IPv6 the network",
        arguments: [
            ("10.1.2.3:99", "10.1.2.3:99", "10.1.2.3"), ("[::1]:5", "[::1]:5", "::1"),
            ("[2001:db8:1:2:3:4:5:6]:5", "[2001:db8:1:2:3:4:5:6]:5", "2001:db8:1:2::/64"),
            ("[::ffff:10.1.2.3]:5", "10.1.2.3:5", "10.1.2.3"),
        ])
    func owners(written: String, text: String, owner: String) throws {
        let address = try address(written)
        #expect(address.text == text)
        #expect(address.owner == owner)
    }

    @Test("a mapped loopback address is one")
    func loopback() throws {
        #expect(try address("[::ffff:127.0.0.1]:5").isLoopback)
        #expect(try address("[::1]:5").isLoopback)
        #expect(try !address("[::2]:5").isLoopback)
        #expect(PeerAddress(sockaddr_storage()) == nil)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// One end of a TCP connection, or where a TCP socket listens.
struct PeerAddress: Equatable {
    /// Four or sixteen bytes, in network order; an IPv4 address that was mapped to IPv6 has four.
    let bytes: [UInt8]
    /// The port.
    let port: UInt16

    /// Reads what the kernel says of a socket; nil when it is no internet address.
    init?(_ storage: sockaddr_storage) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) }
            bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
            port = UInt16(bigEndian: address.sin_port)
        case AF_INET6:
            let address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in6.self) }
            let all = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
            let isMapped = all.starts(with: Self.mappedPrefix)
            bytes = isMapped ? Array(all[12...]) : all
            port = UInt16(bigEndian: address.sin6_port)
        default: return nil
        }
    }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Whether it is this machine's own.
    var isLoopback: Bool { NetworkAddress.isLoopback(bytes) }

    /// The address without the port, as people write it.
    var host: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        bytes.withUnsafeBytes { raw in
            _ = inet_ntop(family, raw.baseAddress, &text, socklen_t(text.count))
        }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `ADDRESS:PORT`, an IPv6 address in brackets.
    var text: String { bytes.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)" }

    /// Whom limits count it as: the address, or of IPv6 the /64 network, all of which one customer
    /// usually has.
    var owner: String {
        guard bytes.count == 16, !isLoopback else { return host }
        var network = self.bytes
        for index in 8..<16 { network[index] = 0 }
        return PeerAddress(bytes: network, port: 0).host + "/64"
    }

    private init(bytes: [UInt8], port: UInt16) {
        self.bytes = bytes
        self.port = port
    }
}

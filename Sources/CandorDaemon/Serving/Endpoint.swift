// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// Where a server listens, and what those who connect there may do.
public struct Endpoint: Sendable, Equatable {
    /// The kind of place.
    public enum Place: Sendable, Equatable {
        /// A Unix socket, created with these permissions.
        case unix(path: String, mode: UInt32)
        /// A loopback address.
        case tcp(LoopbackAddress)
        /// A listening socket that the service manager opened.
        case inherited(InheritedSocket)
    }

    /// Where.
    public let place: Place
    /// The role of every connection from there.
    public let role: Role

    /// A Unix socket that its owner and group may use.
    public static func unix(
        _ path: String, role: Role = .operator, mode: UInt32 = 0o660
    ) -> Endpoint {
        Endpoint(place: .unix(path: path, mode: mode), role: role)
    }

    /// A loopback address, which every user of the machine may use.
    public static func tcp(_ address: LoopbackAddress, role: Role) -> Endpoint {
        Endpoint(place: .tcp(address), role: role)
    }

    /// A socket of the service manager: readers on one named `readonly`, `role` on others.
    public static func inherited(
        _ socket: InheritedSocket, role: Role = .operator
    ) -> Endpoint {
        Endpoint(place: .inherited(socket), role: socket.name == "readonly" ? .reader : role)
    }
}

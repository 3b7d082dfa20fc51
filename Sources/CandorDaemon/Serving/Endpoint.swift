// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// Where a server listens, and what those who connect there may do.
public struct Endpoint: Sendable, Equatable {
    /// The kind of place.
    public enum Place: Sendable, Equatable {
        /// A Unix socket, created with these permissions.
        case unix(path: String, mode: UInt32)
        /// A TCP address.
        case tcp(NetworkAddress)
        /// A listening socket that the service manager opened, and the role that is had there if
        /// it is a TCP one.
        case inherited(InheritedSocket, networkRole: Role)
    }

    /// Where.
    public let place: Place
    /// The role of every connection from there; of Unix sockets, the highest.
    public let role: Role

    /// A Unix socket that its owner and group may use.
    public static func unix(
        _ path: String, role: Role = .operator, mode: UInt32 = 0o660
    ) -> Endpoint {
        Endpoint(place: .unix(path: path, mode: mode), role: role)
    }

    /// A TCP address: of this machine alone, or, where everybody must prove who they are (`role`
    /// is `guest`), any.
    public static func tcp(_ address: NetworkAddress, role: Role) -> Endpoint {
        Endpoint(place: .tcp(address), role: role)
    }

    /// A socket of the service manager: readers on one named `readonly`, `role` on other Unix
    /// sockets and `networkRole` on TCP ones.
    public static func inherited(
        _ socket: InheritedSocket, role: Role = .operator, networkRole: Role = .writer
    ) -> Endpoint {
        let isReadOnly = socket.name == "readonly"
        return Endpoint(
            place: .inherited(
                socket, networkRole: isReadOnly ? min(.reader, networkRole) : networkRole),
            role: isReadOnly ? .reader : role)
    }
}

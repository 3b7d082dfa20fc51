// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import Testing

@Suite("Where to connect")
struct EndpointTests {
    @Test("CANDOR_SOCKET wins over the standard places")
    func environment() throws {
        let endpoint = try Endpoint.standard(environment: ["CANDOR_SOCKET": "/x/y.sock"]) { _ in
            true
        }
        #expect(endpoint == (try Endpoint(socketPath: "/x/y.sock")))
    }

    @Test("the runtime directory comes first, then the system's, whichever is there")
    func standardPlaces() throws {
        let variables = ["XDG_RUNTIME_DIR": "/run/user/7"]
        let own = try Endpoint.standard(environment: variables) { _ in true }
        #expect(own == (try Endpoint(socketPath: "/run/user/7/candor/candord.sock")))
        let system = try Endpoint.standard(environment: variables) {
            $0 == "/run/candor/candord.sock"
        }
        #expect(system == (try Endpoint(socketPath: "/run/candor/candord.sock")))
    }

    @Test(
        "addresses and paths that cannot be are refused", arguments: ["", "localhost", "x:99999"])
    func refusedAddress(_ text: String) {
        #expect(throws: ConnectionError.self) { try Endpoint(tcpAddress: text) }
        #expect(throws: ConnectionError.self) {
            try Endpoint(socketPath: String(repeating: "x", count: 200))
        }
    }
}

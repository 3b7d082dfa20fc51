// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor

@Suite("The demo's data")
struct DemoDataTests {
    private func chosen(_ environment: [String: String], _ files: Set<String>) -> DemoData {
        DemoData(environment: environment, exists: files.contains)
    }

    @Test("is ml-1m in CANDOR_DATA, else that folder itself")
    func fromEnvironment() {
        let both: Set = ["/d/ml-1m/ratings.dat", "/d/u.data"]
        #expect(
            chosen(["CANDOR_DATA": "/d"], both)
                == .present(path: "/d/ml-1m", why: "from CANDOR_DATA"))
        #expect(
            chosen(["CANDOR_DATA": "/d"], ["/d/u.data"])
                == .present(path: "/d", why: "from CANDOR_DATA"))
    }

    @Test("is an earlier fetch when CANDOR_DATA has none")
    func fetched() {
        let environment = ["CANDOR_DATA": "/empty", "HOME": "/home/a"]
        let folder = "/home/a/.local/share/candor"
        #expect(
            chosen(environment, [folder + "/ml-1m/ratings.dat"])
                == .present(path: folder + "/ml-1m", why: "fetched earlier"))
    }

    @Test("is fetched into the data directory when there is none")
    func absent() {
        #expect(
            chosen(["HOME": "/home/a", "XDG_DATA_HOME": "/x"], [])
                == .absent(fetchInto: "/x/candor"))
    }
}

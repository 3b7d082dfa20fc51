// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor_bench

struct RequestMixTests {
    @Test("requests come round and round in their order")
    func order() {
        let mix = RequestMix(["A\n", "BB\n", "CCC\n"])
        var output: [UInt8] = []
        for number in 2..<8 { mix.append(number, to: &output) }
        #expect(String(decoding: output, as: UTF8.self) == "CCC\nA\nBB\nCCC\nA\nBB\n")
    }
}

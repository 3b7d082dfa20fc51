// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings

@testable import CandorDaemon

extension SectionFileBuilder {
    /// The whole file in memory.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write { bytes += $0 }
        return bytes
    }
}

extension SectionFile {
    /// Reads a file in memory.
    init(_ bytes: [UInt8]) throws(SectionFileError) { try self.init(FrozenBytes(bytes)) }

    /// `bytes` with the hash at their end made right, whatever was done to them.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let content = Array(bytes.dropLast(BlockHash.byteCount))
        var hash = BlockHash()
        content.withUnsafeBytes { hash.update($0) }
        return content + hash.finish()
    }
}

extension GenerationDataFile {
    /// Reads a file in memory.
    static func decode(_ bytes: [UInt8]) throws(SectionFileError) -> GenerationData {
        try decode(SectionFile(bytes))
    }
}

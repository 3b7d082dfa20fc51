// SPDX-License-Identifier: GPL-3.0-or-later

/// One file of a published data set and the contents it must have.
struct PublishedFile: Sendable, Equatable {
    let name: String
    /// SHA-256 in lower-case hexadecimal.
    let sha256: String

    /// Throws unless `bytes` are the published contents.
    func verify(_ bytes: [UInt8]) throws(FetchError) {
        let found = ContentHash.sha256(bytes)
        guard found == sha256 else {
            throw .wrongContents(file: name, found: found, expected: sha256)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials

/// The file `manifest.json` of a saved generation.
struct StoredManifest: Codable, Equatable {
    /// One file beside the manifest.
    struct File: Codable, Equatable {
        let name: String
        let byteCount: Int
        /// SHA-256 in hexadecimal; that of a section file is the hash at its end.
        let hash: String
    }

    /// The version alone, which every version of the file has.
    private struct Version: Codable {
        let formatVersion: Int
    }

    /// The version of the directory's layout that this program reads and writes.
    static let formatVersion = 3

    let formatVersion: Int
    let generation: GenerationManifest
    let files: [File]

    init(_ generation: GenerationManifest, files: [File]) {
        formatVersion = Self.formatVersion
        self.generation = generation
        self.files = files
    }

    /// The version that a manifest's text names, or nil when it is no manifest.
    static func version(_ bytes: [UInt8]) -> Int? {
        // Because a text that is no manifest is an answer here, its parse error is not needed.
        (try? JSONDecoder().decode(Version.self, from: Data(bytes)))?.formatVersion
    }

    /// Reads a manifest's text; nil when it lacks something or is no JSON.
    init?(_ bytes: [UInt8]) {
        // Because the caller says which file is damaged, what exactly is wrong in it adds nothing.
        guard let manifest = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            return nil
        }
        self = manifest
    }

    /// The text of the file: sorted keys, one per line.
    var bytes: [UInt8] { StoredJSON.bytes(of: self) }
}

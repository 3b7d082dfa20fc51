// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import Trust

/// One generation's directory: its files, their hashes, and reading them back.
///
/// | file | content |
/// |---|---|
/// | `data.sections` | users, items and ratings, see `GenerationDataFile` |
/// | `rating-head.bin` | the rating head's own bytes |
/// | `ranking-head.bin` | the ranking head's; not there where the rating head ranks |
/// | `manifest.json` | the `GenerationManifest`, with length and hash of each file above |
/// | `manifest.sha256` | SHA-256 of the manifest, as `sha256sum --check` reads it |
/// | `fidelity.json` | what FIDELITY measured, if it did; see `Fidelity` |
struct GenerationFiles {
    static let data = "data.sections"
    private static let ratingHead = "rating-head.bin"
    private static let rankingHead = "ranking-head.bin"
    static let manifest = "manifest.json"
    private static let manifestHash = "manifest.sha256"
    static let fidelity = "fidelity.json"
    /// The files that are always written.
    static let ownNames = [data, ratingHead, rankingHead, manifest, manifestHash]

    /// The generation's number, which its manifest must have too.
    let number: Int
    /// The directory.
    let path: String
    /// Where files are read that are not read from the directory, by name.
    var elsewhere: [String: String] = [:]

    /// Writes and flushes all files, the manifest and its hash last, into an existing directory.
    func write(_ generation: Generation) throws(FileError) {
        let data = try GenerationDataFile.write(generation.data, to: place(Self.data))
        var files = [
            StoredManifest.File(name: Self.data, byteCount: data.byteCount, hash: data.hash)
        ]
        var heads = [(name: Self.ratingHead, head: generation.ratingHead)]
        if generation.manifest.training.ranking.headType != nil {
            heads.append((Self.rankingHead, generation.rankingHead))
        }
        for (name, head) in heads {
            let bytes = head.factorBytes
            try DurableFile.create(place(name), bytes)
            files.append(
                StoredManifest.File(
                    name: name, byteCount: bytes.count, hash: ContentHash.sha256(bytes)))
        }
        let manifest = StoredManifest(generation.manifest, files: files).bytes
        try DurableFile.create(place(Self.manifest), manifest)
        try DurableFile.create(place(Self.manifestHash), Self.hashLine(of: manifest))
        try DurableFile.flushDirectory(path)
    }

    /// Reads and proves the manifest; the files it lists are not looked at.
    func readManifest() throws(GenerationError) -> StoredManifest {
        let bytes = try read(Self.manifest)
        guard try read(Self.manifestHash) == Self.hashLine(of: bytes) else {
            throw damaged(Self.manifest, "does not match the hash in \(Self.manifestHash)")
        }
        guard let version = StoredManifest.version(bytes) else {
            throw damaged(Self.manifest, "is no manifest")
        }
        guard version == StoredManifest.formatVersion else {
            throw .unknownFormat(
                number: number, found: version, supported: StoredManifest.formatVersion)
        }
        guard let manifest = StoredManifest(bytes) else {
            throw damaged(Self.manifest, "lacks something")
        }
        guard manifest.generation.number == number else {
            throw damaged(
                Self.manifest, "is that of generation \(manifest.generation.number)")
        }
        return manifest
    }

    /// Proves the manifest and that every file it lists is there in its full length.
    func inspect() throws(GenerationError) -> GenerationManifest {
        let manifest = try readManifest()
        for file in manifest.files {
            guard let byteCount = DurableFolder.byteCount(place(file.name)) else {
                throw damaged(file.name, "is missing")
            }
            try check(byteCount, file)
        }
        return manifest.generation
    }

    /// Reads everything, proving each file by its hash before anything in it is believed.
    func load() throws(GenerationError) -> Generation {
        let stored = try readManifest()
        let data = try readData(stored) { file throws(SectionFileError) in
            try GenerationDataFile.decode(file)
        }
        let training = stored.generation.training
        let ratingHead = try readHead(
            Self.served(training.rating.headType, training), Self.ratingHead, stored)
        let rankingHead =
            if let type = training.ranking.headType {
                try readHead(Self.served(type, training), Self.rankingHead, stored)
            } else {
                ratingHead
            }
        guard ratingHead.itemCount == data.items.count else {
            throw damaged(Self.ratingHead, "has another number of items than the data")
        }
        guard rankingHead.itemCount == data.items.count else {
            throw damaged(Self.rankingHead, "has another number of items than the data")
        }
        return Generation(
            manifest: stored.generation, data: data, ratingHead: ratingHead,
            rankingHead: rankingHead)
    }

    /// The type of a head as it was saved: an erasure wraps it.
    private static func served(
        _ type: any ServableHead.Type, _ training: TrainingOptions
    ) -> any ServableHead.Type {
        func erased<Head: ServableHead>(_ type: Head.Type) -> any ServableHead.Type {
            ErasedHead<Head>.self
        }
        return training.mitigation?.method == .erase ? erased(type) : type
    }

    private func readHead(
        _ type: any ServableHead.Type, _ name: String, _ manifest: StoredManifest
    ) throws(GenerationError) -> any ServableHead {
        let bytes = try readProved(name, manifest)
        do throws(HeadBytesError) {
            return try type.init(factorBytes: bytes)
        } catch { throw damaged(name, "cannot be used: \(error)") }
    }

    /// How many ratings of `user` the data has, proved by its hash; nil when it does not know the
    /// user.
    func ratingCount(of user: UserID) throws(GenerationError) -> Int? {
        try readData(try readManifest()) { file throws(SectionFileError) in
            try GenerationDataFile.ratingCount(of: user, in: file)
        }
    }

    /// Maps the data, which stays in its file, and makes something of it.
    func readData<Result>(
        _ manifest: StoredManifest, _ decode: (SectionFile) throws(SectionFileError) -> Result
    ) throws(GenerationError) -> Result {
        let entry = try self.entry(Self.data, in: manifest)
        let mapping: Mapping
        do throws(FileError) {
            mapping = try Mapping(place(Self.data))
        } catch { throw error.isMissing ? damaged(Self.data, "is missing") : .file(error) }
        try check(mapping.contents.count, entry)
        do throws(SectionFileError) {
            let file = try SectionFile(mapping)
            let hash = ContentHash.text(file.hash)
            guard hash == entry.hash, hash == manifest.generation.dataHash else {
                throw SectionFileError("it does not match its hash in \(Self.manifest)")
            }
            return try decode(file)
        } catch { throw damaged(Self.data, "cannot be used: \(error.reason)") }
    }

    private func entry(
        _ name: String, in manifest: StoredManifest
    ) throws(GenerationError) -> StoredManifest.File {
        guard let file = manifest.files.first(where: { $0.name == name }) else {
            throw damaged(Self.manifest, "does not list \(name)")
        }
        return file
    }

    func readProved(
        _ name: String, _ manifest: StoredManifest
    ) throws(GenerationError) -> [UInt8] {
        let file = try entry(name, in: manifest)
        let bytes = try read(name)
        try check(bytes.count, file)
        guard ContentHash.sha256(bytes) == file.hash else {
            throw damaged(name, "does not match its hash in \(Self.manifest)")
        }
        return bytes
    }

    private func check(
        _ byteCount: Int, _ file: StoredManifest.File
    ) throws(GenerationError) {
        guard byteCount == file.byteCount else {
            throw damaged(file.name, "has \(byteCount) bytes instead of \(file.byteCount)")
        }
    }

    private func read(_ name: String) throws(GenerationError) -> [UInt8] {
        do throws(FileError) {
            return try DurableFile.read(place(name))
        } catch {
            throw error.isMissing ? damaged(name, "is missing") : .file(error)
        }
    }

    private func damaged(_ file: String, _ reason: String) -> GenerationError {
        .damaged(number: number, file: file, reason: reason)
    }

    func place(_ name: String) -> String { elsewhere[name] ?? path + "/" + name }

    /// The names of all files that loading reads.
    func names() throws(GenerationError) -> [String] {
        [Self.manifest, Self.manifestHash] + (try readManifest().files.map(\.name))
    }

    /// The manifest's text, as it lies there.
    func manifestBytes() throws(GenerationError) -> [UInt8] { try read(Self.manifest) }

    /// What `manifest.sha256` holds beside this manifest.
    static func hashLine(of manifest: [UInt8]) -> [UInt8] {
        Array("\(ContentHash.sha256(manifest))  \(Self.manifest)\n".utf8)
    }
}

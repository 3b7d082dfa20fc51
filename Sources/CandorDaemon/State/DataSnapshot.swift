// SPDX-License-Identifier: GPL-3.0-or-later

/// A data set in one file that is mapped instead of parsed: what `candord import` writes.
///
/// The file is a generation's `data.sections` and ends with its own hash, which every reading
/// proves.
public enum DataSnapshot {
    /// Writes `data` to `path`, replacing a file of that name at once or not at all.
    ///
    /// Durable on return; a mapping of the replaced file stays as it was. O(ratings).
    ///
    /// - Returns: The file's length in bytes and its hash, the data's, in hexadecimal.
    public static func write(
        _ data: GenerationData, to path: String
    ) throws(FileError) -> (byteCount: Int, hash: String) {
        let unfinished = path + ".new"
        try DurableFile.removeIfPresent(unfinished)
        let written = try GenerationDataFile.write(data, to: unfinished)
        try DurableFile.rename(unfinished, to: path)
        return written
    }

    /// Whether the file at `path` begins like a snapshot.
    public static func isSnapshot(_ path: String) -> Bool { SectionFile.isSectionFile(path) }

    /// Maps and proves the snapshot at `path`, in O(ratings).
    ///
    /// The ratings stay in the file, which must not be changed in place for as long as the data is
    /// in use; replacing or removing it is fine.
    ///
    /// `isWanted` is asked all along, at least once for each 64 MiB and for each pass over users,
    /// items or ratings; false ends the reading there (`SnapshotError.cancelled`).
    public static func read(
        _ path: String, isWanted: () -> Bool = { true }
    ) throws(SnapshotError) -> GenerationData {
        let mapping: Mapping
        do throws(FileError) {
            mapping = try Mapping(path)
        } catch { throw .file(error) }
        do throws(SectionFileError) {
            return try GenerationDataFile.decode(
                SectionFile(mapping, isWanted: isWanted), isWanted: isWanted)
        } catch {
            throw error == .cancelled ? .cancelled : .damaged(path: path, reason: error.reason)
        }
    }
}

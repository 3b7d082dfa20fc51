// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a backup could not be made or restored, and what to do about it.
public enum MaintenanceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The place for the backup is taken.
    case targetExists(path: String)
    /// There is something else where a backup is put together.
    case unfinishedInTheWay(path: String)
    /// The directory is no state directory that has something to serve.
    case nothingToBackUp(path: String, reason: String)
    /// The generation that serves is not as it was saved.
    case servingDamaged(number: Int, file: String, reason: String)
    /// The journal was changed, over and over, while it was copied.
    case journalUnsteady(reason: String)
    /// The folder is no backup, or not as it was made.
    case badBackup(path: String, reason: String)
    /// The state directory to restore into holds something.
    case stateNotEmpty(path: String, found: [String])
    /// A state directory cannot be used.
    case state(StateDirectoryError)
    /// A journal cannot be used.
    case journal(JournalError)
    /// A generation cannot be used.
    case generation(GenerationError)
    /// A call on a file failed.
    case file(FileError)

    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .targetExists(let path):
            "\(path) exists already; name a new folder for the backup"
        case .unfinishedInTheWay(let path):
            "\(path) is in the way and not of an interrupted backup; move it away or name another "
                + "folder for the backup"
        case .nothingToBackUp(let path, let reason):
            "\(path) cannot be backed up: \(reason); name the state directory of a 'candord serve' "
                + "that has served"
        case .servingDamaged(let number, let file, let reason):
            "generation \(number), which serves, is damaged: \(file) \(reason); nothing was backed "
                + "up: run 'candord fsck'"
        case .journalUnsteady(let reason):
            "the journal could not be copied in a consistent state: \(reason); try again"
        case .badBackup(let path, let reason):
            "\(path) is no backup that can be restored: \(reason); take another one"
        case .stateNotEmpty(let path, let found):
            "\(path) is not empty (\(found.joined(separator: ", "))); name an empty or new folder, "
                + "or give --replace, which moves what is there to "
                + "\(StateDirectory.setAsideName)/"
        case .state(let error): error.description
        case .journal(let error): error.description
        case .generation(let error): error.description
        case .file(let error): "\(error); check the disk and its permissions, then try again"
        }
    }

    /// Runs `body` and says of a failure what it means for a backup or a restore.
    static func translating<Value>(
        _ body: () throws -> Value
    ) throws(MaintenanceError) -> Value {
        do {
            return try body()
        } catch let error as MaintenanceError {
            throw error
        } catch let error as StateDirectoryError {
            throw .state(error)
        } catch let error as JournalError {
            throw .journal(error)
        } catch let error as GenerationError {
            throw .generation(error)
        } catch let error as FileError {
            throw .file(error)
        } catch {
            preconditionFailure("neither a backup nor a restore fails so: \(error)")
        }
    }
}

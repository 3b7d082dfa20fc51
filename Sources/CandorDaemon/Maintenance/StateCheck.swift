// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A look at every file of a state directory that no daemon works in: what is wrong and what to do.
///
/// Looking changes nothing but the file `lock`. The repairs that are found, carried out in their
/// order, lose no acknowledged write: they remove what unfinished work left, move damaged generations
/// aside, trim what was never acknowledged and have `CURRENT` name what is intact.
public final class StateCheck {
    let directory: StateDirectory
    var findings: [StateFinding] = []

    /// Locks the state directory at `path`, which must exist and be used by nobody.
    public init(_ path: String) throws(StateDirectoryError) {
        let trimmed = StateDirectory.trimmed(path)
        guard let status = DurableFolder.status(trimmed) else {
            throw .inaccessible(FileError(operation: "open", path: trimmed, systemErrno: errno))
        }
        guard status.st_mode & S_IFMT == S_IFDIR || Self.isFolder(trimmed) else {
            throw .notADirectory(path: trimmed)
        }
        directory = try StateDirectory(existing: trimmed)
    }

    /// Looks at everything, in O(bytes), and returns what was found in the order of repair.
    ///
    /// Throws when a folder cannot be listed.
    public func run() throws(FileError) -> [StateFinding] {
        findings = []
        try checkNames()
        try checkAccess(of: ".", isFolder: true)
        let journal = checkJournal()
        try checkGenerations(journal)
        return findings
    }

    /// Carries out one repair that `run()` found.
    public func perform(_ repair: StateRepair) throws(StateRepairError) {
        try repair.perform(in: directory)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Says of each name at the top what it is, and follows those that are ours.
    private func checkNames() throws(FileError) {
        let files = [
            StateDirectory.lockName, StateDirectory.currentName, StateDirectory.journalName,
            StateDirectory.journalName + "-wal",
        ]
        let folders = [StateDirectory.generationsName, StateDirectory.exportsName]
        for name in try DurableFolder.names(in: directory.path) {
            switch name {
            case _ where files.contains(name): try checkAccess(of: name, isFolder: false)
            case _ where folders.contains(name): try checkAccess(of: name, isFolder: true)
            case StateDirectory.currentName + ".new", StateDirectory.journalName + ".new",
                StateDirectory.journalName + ".new-journal":
                findings.append(.repairable(name, "was left by interrupted work", .remove(name)))
            case StateDirectory.restoringName:
                findings.append(
                    .problem(
                        name, "a restore was interrupted",
                        remedy: "run the same 'candord restore' again"))
            case StateDirectory.setAsideName:
                findings.append(
                    .note(
                        name,
                        "holds what was moved out of the way; remove it when it is not needed"))
            default:
                findings.append(.note(name, "is not of Candor's making and was left alone"))
            }
        }
        try checkExports()
    }

    private func checkExports() throws(FileError) {
        guard isFolder(directory.exportsPath) else { return }
        for name in try DurableFolder.names(in: directory.exportsPath) where name.hasSuffix(".new")
        {
            let place = StateDirectory.exportsName + "/" + name
            findings.append(.repairable(place, "was left by an interrupted export", .remove(place)))
        }
    }

    func isFolder(_ path: String) -> Bool {
        DurableFolder.status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    /// Expects a file or a folder that its owner can use and others cannot change, and everything
    /// below a folder likewise.
    func checkAccess(of place: String, isFolder: Bool) throws(FileError) {
        let path = place == "." ? directory.path : directory.path + "/" + place
        guard let status = DurableFolder.status(path) else { return }
        let expected = isFolder ? S_IFDIR : S_IFREG
        // Because the directory itself may be a link that the administrator made.
        guard status.st_mode & S_IFMT == expected || place == "." else {
            findings.append(
                .problem(
                    place,
                    "is \(Self.kind(status.st_mode)) instead of a \(isFolder ? "folder" : "file")",
                    remedy:
                        "put the \(isFolder ? "folder" : "file") itself there, or restore a backup")
            )
            return
        }
        checkMode(place, status.st_mode, isFolder: isFolder)
        checkOwner(place, status)
        guard isFolder, place != "." else { return }
        for name in try DurableFolder.names(in: path) {
            let below = place + "/" + name
            try checkAccess(of: below, isFolder: self.isFolder(directory.path + "/" + below))
        }
    }

    private func checkMode(_ place: String, _ mode: mode_t, isFolder: Bool) {
        // Because the directory keeps others out, what they might read inside does not matter.
        let forbidden: mode_t = place == "." ? 0o077 : 0o022
        let needed: mode_t = isFolder ? 0o700 : 0o600
        let own = mode & 0o777
        guard own & forbidden != 0 || own & needed != needed else { return }
        let digits = String(own, radix: 8)
        let problem =
            own & needed != needed
            ? "its owner cannot use it (mode 0\(digits))"
            : "others may \(place == "." ? "use" : "change") it (mode 0\(digits))"
        findings.append(.repairable(place, problem, .restrict(place, isFolder: isFolder)))
    }

    private func checkOwner(_ place: String, _ status: stat) {
        guard let owner = DurableFolder.status(directory.path)?.st_uid, status.st_uid != owner
        else { return }
        let message = "belongs to user \(status.st_uid), the state directory to user \(owner)"
        findings.append(
            geteuid() == 0
                ? .repairable(place, message, .giveToOwner(place))
                : .problem(place, message, remedy: "have root run 'candord fsck --repair'"))
    }

    private static func kind(_ mode: mode_t) -> String {
        switch mode & S_IFMT {
        case S_IFLNK: "a symbolic link"
        case S_IFDIR: "a folder"
        case S_IFREG: "a file"
        default: "neither file nor folder"
        }
    }
}

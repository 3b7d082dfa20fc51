// SPDX-License-Identifier: GPL-3.0-or-later

extension StateCheck {
    /// What is known of the journal: how far it reaches, or nil when it cannot be trusted.
    func checkJournal() -> Int64? {
        let place = StateDirectory.journalName
        guard DurableFolder.exists(directory.journalPath) else {
            guard isFolder(directory.generationsPath) else { return nil }
            let log = directory.journalPath + "-wal"
            let hasLog = (DurableFolder.byteCount(log) ?? 0) > 0
            findings.append(
                .problem(
                    place, "is missing" + (hasLog ? ", and \(place)-wal holds ratings" : ""),
                    remedy: "restore a backup; without one, a start makes an empty journal, and "
                        + "ratings that no generation has learned are gone"))
            return nil
        }
        do throws(JournalError) {
            let found = try Journal.inspect(directory.journalPath)
            removeEmptyLog(found)
            for notice in found.notices {
                // It begins with the path, which is told already.
                let message = notice.dropFirst(directory.journalPath.count + "-wal: ".count)
                findings.append(.repairable(place + "-wal", String(message), .trimJournal))
            }
            if found.hasUnfinishedForgetting {
                findings.append(
                    .note(place, "a FORGET was interrupted; the next start finishes it"))
            }
            var message = "\(found.lastSequence) entries, all of them intact"
            if found.erasedCount > 0 { message += ", \(found.erasedCount) of forgotten users" }
            findings.append(.note(place, message))
            return found.lastSequence
        } catch {
            findings.append(
                .problem(
                    place, error.description,
                    remedy: "restore a backup: no repair can tell which ratings are right"))
            return nil
        }
    }

    private func removeEmptyLog(_ found: JournalInspection) {
        guard let path = found.madeLogPath, DurableFolder.byteCount(path) == 0 else { return }
        do throws(FileError) {
            try DurableFile.removeIfPresent(path)
        } catch {
            findings.append(.note(StateDirectory.journalName + "-wal", error.description))
        }
    }
}

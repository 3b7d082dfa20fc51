// SPDX-License-Identifier: GPL-3.0-or-later

/// One step that mends a state directory and loses nothing that was acknowledged.
public enum StateRepair: Sendable, Equatable {
    /// Remove a file or folder that unfinished work left.
    case remove(String)
    /// Give an interrupted replacement's old generation its place back, or remove it where the new
    /// one is there.
    case settleReplacements
    /// Move a damaged generation out of the way.
    case setAside(generation: Int)
    /// Take a torn, never acknowledged end off the journal.
    case trimJournal
    /// Have `CURRENT` name a generation.
    case pointCurrent(to: Int)
    /// Take away what others may do with a file or folder.
    case restrict(String, isFolder: Bool)
    /// Give a file or folder to the owner of the state directory; only root can.
    case giveToOwner(String)

    /// What will be done, as an order.
    public var summary: String {
        switch self {
        case .remove(let place): "remove \(place)"
        case .settleReplacements: "end the interrupted replacement"
        case .setAside(let number):
            "move generation \(number) to \(StateDirectory.setAsideName)/"
        case .trimJournal: "take the torn end off the journal"
        case .pointCurrent(let number):
            "have \(StateDirectory.currentName) name generation \(number)"
        case .restrict(let place, _): "let only the owner use \(place)"
        case .giveToOwner(let place): "give \(place) to the owner of the state directory"
        }
    }

    /// Does it; durable on return.
    func perform(in directory: StateDirectory) throws(StateRepairError) {
        do {
            try act(directory)
        } catch let error as JournalError {
            throw StateRepairError(step: summary, reason: "\(error)")
        } catch let error as FileError {
            throw StateRepairError(step: summary, reason: "\(error)")
        } catch {
            throw StateRepairError(step: summary, reason: "\(error)")
        }
    }

    private func act(_ directory: StateDirectory) throws {
        let generations = directory.generationsPath
        switch self {
        case .remove(let place):
            try DurableFolder.removeTree(directory.path + "/" + place)
            try DurableFile.flushFolder(of: directory.path + "/" + place)
        case .settleReplacements:
            _ = try GenerationStore.settleReplacements(in: generations)
        case .setAside(let number):
            let name = GenerationStore.name(of: number)
            try directory.setAside([generations + "/" + name], as: "generation-\(name)")
        case .trimJournal:
            _ = try Journal.open(directory.journalPath)
        case .pointCurrent(let number):
            try DurableFile.replace(
                directory.currentPath, text: GenerationStore.name(of: number) + "\n")
        case .restrict(let place, let isFolder):
            try DurableFile.restrict(directory.path + "/" + place, isFolder: isFolder)
        case .giveToOwner(let place):
            try DurableFolder.giveToOwner(of: directory.path, directory.path + "/" + place)
        }
        try DurableFolder.giveToOwner(of: directory.path, directory.path)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Logging

extension GenerationStore {
    /// Copies the files of a saved generation into memory and gives each to `hand` with the name that
    /// the service manager is to keep it under; does nothing for one that is too large.
    public func handOver(
        _ number: Int, _ hand: (_ name: String, _ descriptor: Int32) -> Void
    ) throws(GenerationError) {
        let files = GenerationFiles(number: number, path: path(of: number))
        let names = try files.names()
        let byteCounts = names.map { DurableFolder.byteCount(files.path + "/" + $0) ?? 0 }
        guard byteCounts.reduce(0, +) <= HandedGeneration.byteCountMax else { return }
        for file in names {
            do throws(FileError) {
                let name = HandedGeneration.name(of: file, in: number)
                let copy = try SealedFile.copy(of: files.path + "/" + file, as: name)
                defer { close(copy) }
                hand(name, copy)
            } catch { throw .file(error) }
        }
    }

    /// Loads the generation that was handed over, if it is the one to serve and nothing has changed
    /// since; nil, and logged why, when the disk must be asked.
    func load(_ handed: HandedGeneration, current: Int?) -> Generation? {
        guard handed.number == current else {
            logger.notice(
                "generation \(handed.number) was handed over and is not the one to serve")
            return nil
        }
        do throws(GenerationError) {
            let saved = GenerationFiles(number: handed.number, path: path(of: handed.number))
            var files = saved
            files.elsewhere = handed.paths
            guard try saved.manifestBytes() == files.manifestBytes() else {
                logger.notice("generation \(handed.number) has changed since it was handed over")
                return nil
            }
            let generation = try files.load()
            logger.info("generation \(handed.number) was handed over in memory, and is intact")
            return generation
        } catch {
            logger.warning("what was handed over in memory is not used: \(error)")
            return nil
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import Logging

extension GenerationStore {
    /// Keeps what was measured of a saved generation beside it; durable on return.
    ///
    /// Replaces an earlier measurement. Throws when the generation is gone.
    public func save(_ fidelity: Fidelity, of number: Int) throws(GenerationError) {
        do throws(FileError) {
            try DurableFile.replace(
                path(of: number) + "/" + GenerationFiles.fidelity,
                text: String(decoding: StoredJSON.bytes(of: fidelity), as: UTF8.self))
        } catch { throw .file(error) }
    }

    /// What was measured of a saved generation; nil when nothing was.
    ///
    /// A measurement that cannot be read must be made again: it is logged and nil too.
    public func fidelity(of number: Int) -> Fidelity? {
        let place = path(of: number) + "/" + GenerationFiles.fidelity
        do {
            return try JSONDecoder().decode(Fidelity.self, from: Data(try DurableFile.read(place)))
        } catch let error as FileError {
            if !error.isMissing { logger.warning("\(error); FIDELITY measures again") }
        } catch {
            logger.warning("\(place) is no measurement; FIDELITY measures again")
        }
        return nil
    }
}

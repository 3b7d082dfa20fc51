// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials

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

    /// What was measured of a saved generation; nil when nothing was, or the file is not readable.
    public func fidelity(of number: Int) -> Fidelity? {
        // Because a measurement that cannot be read is one that must be made again.
        guard let bytes = try? DurableFile.read(path(of: number) + "/" + GenerationFiles.fidelity)
        else {
            return nil
        }
        return try? JSONDecoder().decode(Fidelity.self, from: Data(bytes))
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension StateDirectory {
    /// Moves what is at `paths`, inside this directory, into a new folder of `set-aside`, so that
    /// nothing is lost; durable on return.
    ///
    /// They go into a folder of that name, or, unless `inFolder`, a single one takes the name itself.
    /// A number is added where the name is taken. Returns the new place, inside this directory.
    @discardableResult
    func setAside(
        _ paths: [String], as name: String, inFolder: Bool = false
    ) throws(FileError) -> String {
        if try DurableFolder.create(setAsidePath) { try DurableFile.flushDirectory(path) }
        var free = name
        var number = 2
        while DurableFolder.status(setAsidePath + "/" + free) != nil {
            free = "\(name)-\(number)"
            number += 1
        }
        let place = setAsidePath + "/" + free
        if paths.count == 1, !inFolder {
            try DurableFile.rename(paths[0], to: place)
        } else {
            _ = try DurableFolder.create(place)
            for path in paths {
                let own = path.split(separator: "/").last.map(String.init) ?? path
                try DurableFile.rename(path, to: place + "/" + own)
            }
            try DurableFile.flushDirectory(setAsidePath)
        }
        for path in paths { try DurableFile.flushFolder(of: path) }
        return Self.setAsideName + "/" + free
    }
}

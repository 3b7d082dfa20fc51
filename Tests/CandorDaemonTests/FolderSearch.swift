// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Looks for bytes in all files of a folder.
enum FolderSearch {
    /// The names, from `folder` on, of the files below it that hold the bytes of `text`, ascending.
    static func files(in folder: String, holding text: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { name in
            let place = URL(fileURLWithPath: folder + "/" + name)
            let isFile = try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
            guard isFile == true else { return false }
            return try Data(contentsOf: place).range(of: Data(text.utf8)) != nil
        }
    }
}

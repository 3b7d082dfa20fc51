// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings

/// A directory of data sets, as an operator fills it for RETRAIN.
enum RetrainDataFolder {
    /// The ratings of `new/ratings.csv`, which are also those of `ratings.csv`.
    static let ratings =
        "user,item,rating\nu01,i1,2\nu01,i2,5\nother,i1,4\nother,i3,1\nthird,i2,3\n"

    /// Makes it: a good data set as a folder and as a file, one with a bad line, and links that lead
    /// out of it.
    static func make(at path: String) throws {
        let files = FileManager.default
        for folder in ["new", "broken", "sub"] {
            try files.createDirectory(
                atPath: path + "/" + folder, withIntermediateDirectories: true)
        }
        let written = [
            "ratings.csv": ratings, "new/ratings.csv": ratings,
            "broken/ratings.csv": "user,item,rating\nu01,i1,2\nu01,i2,much\n",
        ]
        for (name, text) in written {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        }
        try Data(ratings.utf8).write(to: URL(fileURLWithPath: path + ".outside.csv"))
        for link in ["link.csv", "sub/ratings.csv"] {
            try files.createSymbolicLink(
                atPath: path + "/" + link, withDestinationPath: path + ".outside.csv")
        }
        try files.createSymbolicLink(atPath: path + "/up", withDestinationPath: "..")
    }
}

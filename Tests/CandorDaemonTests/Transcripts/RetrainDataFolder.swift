// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings

/// A directory of data sets, as an operator fills it for RETRAIN.
enum RetrainDataFolder {
    private static let ratings = ["u01,i1,2", "u01,i2,5", "other,i1,4", "other,i3,1", "third,i2,3"]
    private static let movies =
        "movieId,title,genres\ni1,One (2001),Drama\ni2,Two (2002),Comedy\ni3,Three (2003),Drama\n"

    /// Makes it: a good data set as a folder and as a file, one with a bad line, and links that lead
    /// out of it.
    static func make(at path: String) throws {
        let files = FileManager.default
        let plain = "user,item,rating\n" + ratings.map { $0 + "\n" }.joined()
        let timed =
            "userId,movieId,rating,timestamp\n" + ratings.map { $0 + ",1000\n" }.joined()
        let written = [
            "ratings.csv": plain, "new/ratings.csv": timed,
            "broken/ratings.csv":
                "userId,movieId,rating,timestamp\nu01,i1,2,1000\nu01,i2,much,1000\n",
        ]
        for folder in ["new", "broken", "sub"] {
            try files.createDirectory(
                atPath: path + "/" + folder, withIntermediateDirectories: true)
            try Data(movies.utf8).write(
                to: URL(fileURLWithPath: path + "/" + folder + "/movies.csv"))
        }
        for (name, text) in written {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        }
        try Data(timed.utf8).write(to: URL(fileURLWithPath: path + ".outside.csv"))
        for link in ["link.csv", "sub/ratings.csv"] {
            try files.createSymbolicLink(
                atPath: path + "/" + link, withDestinationPath: path + ".outside.csv")
        }
        try files.createSymbolicLink(atPath: path + "/up", withDestinationPath: "..")
    }
}

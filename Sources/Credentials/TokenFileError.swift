// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Why a token file is not used.
///
/// No message holds a part of the file but names and roles.
public enum TokenFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It cannot be read: its path and the system's error number.
    case unreadable(path: String, errno: Int32)
    /// It is a folder or a device: its path.
    case notAFile(path: String)
    /// It belongs to neither root nor the user who reads it: its path.
    case foreign(path: String)
    /// Others may read or write it: its path and its mode.
    case open(path: String, mode: UInt32)
    /// It is larger than any token file needs to be: its path and the bytes it may have.
    case tooLarge(path: String, bytesMax: Int)
    /// A line is no token: the file's path, the line's number from 1, and what is wrong.
    case badLine(path: String, line: Int, reason: String)
    /// A client's file holds none or several tokens: its path and how many.
    case notOne(path: String, count: Int)

    /// What is wrong and what to do next, as one line.
    public var description: String {
        switch self {
        case .unreadable(let path, let number):
            "\(path) cannot be read: \(String(cString: strerror(number))); make a token with "
                + "`candord token new`"
        case .notAFile(let path): "\(path) is not a file"
        case .foreign(let path):
            "\(path) belongs to another user, who could change it; use chown"
        case .open(let path, let mode):
            "\(path) has the mode 0\(String(mode, radix: 8)) and others may use its secrets; "
                + "chmod 600 it, and make new tokens if others may have read it"
        case .tooLarge(let path, let bytesMax): "\(path) has more than \(bytesMax) bytes"
        case .badLine(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .notOne(let path, let count):
            "\(path) holds \(count) tokens; a client's file holds the one line of its token"
        }
    }
}

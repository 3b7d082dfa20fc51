// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a setting's value comes from; later cases win over earlier ones.
public enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
    /// Nothing was said.
    case standard
    /// A line of the configuration file, counted from 1; 0 is the file as a whole.
    case file(path: String, line: Int)
    /// An environment variable.
    case environment(String)
    /// A flag on the command line.
    case flag(String)

    /// The place, for people: `candord.conf:12`, `CANDORD_SOCKET`, `--socket`.
    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let path, 0): path
        case .file(let path, let line): "\(path):\(line)"
        case .environment(let name): name
        case .flag(let name): name
        }
    }
}

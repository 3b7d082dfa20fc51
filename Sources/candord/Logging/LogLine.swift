// SPDX-License-Identifier: GPL-3.0-or-later

import Logging

/// One event as one line, for the journal or for a terminal.
///
/// Whatever a client sent cannot end the line or steer a terminal: control characters are written
/// as `\xNN`.
struct LogLine {
    /// Who reads the line.
    enum Style {
        /// systemd's journal: the syslog priority in front (sd-daemon(3)), which it takes away; it
        /// keeps the time itself.
        case journal
        /// Anybody else: the time and the level in words.
        case plain(time: String)
    }

    let level: Logger.Level
    let message: String
    /// `key=value` pairs in the order of their keys.
    let metadata: [(key: String, value: String)]

    /// The line, its end included.
    func text(_ style: Style) -> String {
        var line =
            switch style {
            case .journal: "<\(Self.priority(of: level))>"
            case .plain(let time): "\(time) \(level.rawValue) "
            }
        line += Self.escaped(message)
        for (key, value) in metadata {
            let value = Self.escaped(value)
            line += " \(key)=" + (value.contains(" ") || value.isEmpty ? "\"\(value)\"" : value)
        }
        return line + "\n"
    }

    /// The priority of syslog(3): 7 is debug, 2 is critical.
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                let digits = String(scalar.value, radix: 16)
                escaped += "\\x" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

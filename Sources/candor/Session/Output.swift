// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Where replies are written: standard output or a file.
final class Output {
    private let descriptor: Int32
    /// The file's path; nil for standard output.
    let path: String?

    /// Writes to standard output.
    init() {
        descriptor = STDOUT_FILENO
        path = nil
    }

    /// Writes to a file, which is made or emptied first.
    init(path: String) throws(ClientError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard opened >= 0 else { throw .file(path, String(cString: strerror(errno))) }
        self.descriptor = opened
        self.path = path
    }

    deinit { if path != nil { close(descriptor) } }

    /// Writes lines, each with its end, all at once.
    func write(_ lines: [String]) throws(ClientError) {
        guard !lines.isEmpty else { return }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        guard Self.write(bytes, to: descriptor) else {
            throw .file(path ?? "standard output", String(cString: strerror(errno)))
        }
    }

    /// Writes one line to standard error; what cannot be written there cannot be told anywhere.
    static func writeError(_ line: String) {
        _ = write(Array((line + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes all bytes; false with `errno` set when that fails.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(
                    descriptor, raw.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count >= 0 { written += count } else if errno != EINTR { return false }
        }
        return true
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol
internal import Glibc

/// The tokens of a file: one a line, `name role secret`, `#` before comments, blank lines allowed.
///
/// Names are unique. A file is read only if nobody but root and its reader could have read or
/// changed it.
public struct TokenFile: Sendable, Equatable {
    /// The tokens, in the order of their lines; may be none.
    public let tokens: [AccessToken]

    /// The largest file: thousands of tokens.
    static let bytesMax = 1 << 20

    /// Reads the file at `path`.
    ///
    /// It must be a regular file of root's or of this user's, and no other user may read or write
    /// it. One below `credentialsDirectory`, where the service manager puts what the daemon alone
    /// may read, may have a group's bits, which there are the mask of an access control list.
    public static func read(
        _ path: String, credentialsDirectory: String? = nil
    ) throws(TokenFileError) -> TokenFile {
        let isCredential = credentialsDirectory.map { path.hasPrefix($0 + "/") } ?? false
        return try TokenFile(contents(path, isCredential: isCredential), path: path)
    }

    /// Reads a client's file, which holds one token.
    public static func readOne(_ path: String) throws(TokenFileError) -> AccessToken {
        let tokens = try read(path).tokens
        guard tokens.count == 1 else { throw .notOne(path: path, count: tokens.count) }
        return tokens[0]
    }

    /// The token of a name.
    public func token(named name: String) -> AccessToken? {
        tokens.first { $0.name == name }
    }

    /// Reads a file's bytes; `path` is what errors call it.
    init(_ bytes: [UInt8], path: String) throws(TokenFileError) {
        var tokens: [AccessToken] = []
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let words = line.split { [0x20, 0x09, 0x0D].contains($0) }
                .map { String(decoding: $0, as: UTF8.self) }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            func bad(_ reason: String) -> TokenFileError {
                .badLine(path: path, line: index + 1, reason: reason)
            }
            guard words.count == 3 else { throw bad("expected a name, a role and a secret") }
            guard let role = Role(rawValue: words[1]), role > .guest else {
                throw bad(
                    "the second word is no role; expected "
                        + Role.granted.map(\.rawValue).joined(separator: ", "))
            }
            guard let secret = TokenSecret(hexadecimal: words[2]) else {
                throw bad("the secret is not 64 hexadecimal digits; `candord token new` makes one")
            }
            guard let token = AccessToken(name: first, role: role, secret: secret) else {
                throw bad("a name is \(AccessToken.nameRule)")
            }
            guard !tokens.contains(where: { $0.name == first }) else {
                throw bad("there is a token \(first) already; give this one another name")
            }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    private static func contents(
        _ path: String, isCredential: Bool
    ) throws(TokenFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard status.st_uid == 0 || status.st_uid == geteuid() else { throw .foreign(path: path) }
        guard status.st_mode & (isCredential ? 0o027 : 0o077) == 0 else {
            throw .open(path: path, mode: status.st_mode & 0o777)
        }
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        var count = 0
        while count < bytes.count {
            let step = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { throw .unreadable(path: path, errno: errno) }
            if step == 0 { break }
            count += step
        }
        guard count <= bytesMax else { throw .tooLarge(path: path, bytesMax: bytesMax) }
        return Array(bytes[..<count])
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Recognises HTTP, so that a web page cannot make a browser speak to the daemon.
enum HTTPLine {
    private static let methods = [
        "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PRI",
    ].map { Array("\($0) ".utf8) }
    private static let host = Array("HOST:".utf8)
    private static let version = Array(" HTTP/".utf8)

    /// Whether a line begins with an HTTP method and a path, is an HTTP request line of another
    /// form (`OPTIONS * HTTP/1.1`), or is a `Host:` header.
    ///
    /// No verb is a method or holds a colon: asking once a line has no verb is early enough.
    static func matches(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.prefix(host.count).lazy.map(ASCII.uppercased).elementsEqual(host) { return true }
        guard let method = methods.first(where: { line.starts(with: $0) }) else { return false }
        let rest = line.dropFirst(method.count)
        return rest.first == UInt8(ascii: "/")
            || rest.indices.contains { rest[$0...].starts(with: version) }
    }
}

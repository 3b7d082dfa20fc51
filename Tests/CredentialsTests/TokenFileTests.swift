// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import Testing

@testable import Credentials

@Suite("Token files")
struct TokenFileTests {
    private static let secret = String(repeating: "ab", count: 32)

    private func read(_ text: String) throws(TokenFileError) -> TokenFile {
        try TokenFile(Array(text.utf8), path: "tokens")
    }

    @Test("tokens are read one a line, with comments, blank lines, tabs and CRLF")
    func reading() throws {
        let file = try read(
            "# mine\n\nshop writer \(Self.secret)\r\n\tboss\toperator  \(Self.secret.uppercased())")
        #expect(file.tokens.map(\.name) == ["shop", "boss"])
        #expect(file.tokens.map(\.role) == [.writer, .operator])
        #expect(file.tokens[0].secret == file.tokens[1].secret)
        #expect(file.token(named: "boss")?.role == .operator)
        #expect(file.token(named: "Boss") == nil)
        #expect(try read(file.tokens.map(\.line).joined(separator: "\n")) == file)
        #expect(try read("").tokens.isEmpty)
    }

    @Test(
        "a line that is no token is refused with its number, and no secret is repeated",
        arguments: [
            ("shop writer", "expected a name"), ("shop king SECRET", "no role"),
            ("shop guest SECRET", "no role"), ("shop writer SECRETab", "64 hexadecimal digits"),
            ("shop writer password", "64 hexadecimal digits"), ("a/b writer SECRET", "a name is"),
            ("ok reader SECRET more", "expected a name"), ("first reader SECRET", "already"),
            ("SECRET", "expected a name"), ("\u{1B}[1m writer SECRET", "a name is"),
        ])
    func badLines(line: String, reason: String) {
        let text = "first writer SECRET\n\n\(line)".replacing("SECRET", with: Self.secret)
        let error = #expect(throws: TokenFileError.self) { try read(text) }
        #expect(error?.description.hasPrefix("tokens:3: ") == true)
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.description.contains(Self.secret) == false)
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test("names are short and plain")
    func names() {
        for name in ["a", "shop-1.web_2", String(repeating: "x", count: 64)] {
            #expect(AccessToken(name: name, role: .reader) != nil)
        }
        for name in ["", "a b", "é", "a:b", String(repeating: "x", count: 65)] {
            #expect(AccessToken(name: name, role: .reader) == nil)
        }
        #expect(AccessToken(name: "a", role: .guest) == nil)
    }

    @Test("a file that others may read or change is refused, and what to do is said")
    func modes() throws {
        let folder = NSTemporaryDirectory() + "candor-tokens-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/tokens"
        try Data("shop writer \(Self.secret)\n".utf8).write(to: URL(filePath: path))
        for (mode, isFit) in [
            (0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o644, false),
            (0o660, false), (0o602, false), (0o440, false),
        ] {
            #expect(chmod(path, mode_t(mode)) == 0)
            if isFit {
                #expect(try TokenFile.readOne(path).name == "shop")
            } else {
                let error = #expect(throws: TokenFileError.self) { try TokenFile.read(path) }
                #expect(error == .open(path: path, mode: UInt32(mode)))
                #expect(error?.description.contains("chmod 600") == true)
            }
        }
        // The service manager's folder: a group's bits are the mask of an access control list.
        #expect(try TokenFile.read(path, credentialsDirectory: folder).tokens.count == 1)
        #expect(chmod(path, 0o444) == 0)
        #expect(throws: TokenFileError.self) {
            try TokenFile.read(path, credentialsDirectory: folder)
        }
    }

    @Test("what is no file, too large, absent or not one token is refused")
    func others() throws {
        #expect(throws: TokenFileError.notAFile(path: "/")) { try TokenFile.read("/") }
        #expect(throws: TokenFileError.notAFile(path: "/dev/null")) {
            try TokenFile.read("/dev/null")
        }
        #expect(throws: TokenFileError.unreadable(path: "/no/such", errno: ENOENT)) {
            try TokenFile.read("/no/such")
        }
        let path = NSTemporaryDirectory() + "candor-tokens-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let line = "shop writer \(Self.secret)\n"
        try Data((line + line.replacing("shop", with: "b")).utf8).write(to: URL(filePath: path))
        #expect(chmod(path, 0o600) == 0)
        #expect(throws: TokenFileError.notOne(path: path, count: 2)) {
            try TokenFile.readOne(path)
        }
        try Data(repeating: 0x23, count: TokenFile.bytesMax + 1).write(to: URL(filePath: path))
        #expect(throws: TokenFileError.tooLarge(path: path, bytesMax: TokenFile.bytesMax)) {
            try TokenFile.read(path)
        }
    }
}

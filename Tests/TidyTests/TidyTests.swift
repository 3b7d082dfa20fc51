// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// The rules of the code that a machine can check.
@Suite("Tidy")
struct TidyTests {
    @Test("every source file begins with its licence in one line")
    func licenceLine() {
        let files =
            SourceTree.swift + SourceTree.files(below: "Sources", endings: ["c", "h"])
        #expect(files.count > 50)
        for file in files {
            #expect(
                file.lines.first == "// SPDX-License-Identifier: GPL-3.0-or-later",
                "\(file) must begin with the SPDX line")
        }
    }

    @Test("no file is longer than 400 lines")
    func fileLength() {
        for file in SourceTree.swift {
            #expect(file.lines.count <= 401, "\(file) has \(file.lines.count - 1) lines: split it")
        }
    }

    @Test("no function is longer than 60 lines")
    func functionLength() {
        for file in SourceTree.swift {
            for (name, length) in Self.functions(of: file) where length > 60 {
                Issue.record("\(file): \(name) has \(length) lines: split it")
            }
        }
    }

    @Test("a file is named for a type it declares or extends")
    func fileNames() {
        for file in SourceTree.files(below: "Sources", endings: ["swift"]) {
            let type = String(file.name.split(separator: "+")[0])
            let declaration =
                #"\b(struct|class|enum|protocol|actor|extension|typealias) \#(type)\b"#
            #expect(
                file.lines.contains {
                    $0.range(of: declaration, options: .regularExpression) != nil
                },
                "\(file) declares or extends no \(type)")
        }
    }

    @Test("a file declares one type at its top level")
    func oneTypePerFile() {
        let declaration =
            #"^(public |package |fileprivate |private |final |indirect )*(struct|class|enum|protocol|actor) "#
        for file in SourceTree.files(below: "Sources", endings: ["swift"]) {
            let types = file.lines.filter {
                $0.range(of: declaration, options: .regularExpression) != nil
            }
            #expect(types.count <= 1, "\(file) declares \(types): give each its own file")
        }
    }

    @Test("targets import only what their layer may", arguments: Layer.all)
    func importDirections(_ layer: Layer) {
        let files = SourceTree.files(below: "Sources/" + layer.target, endings: ["swift"])
        #expect(!files.isEmpty)
        for file in files {
            for line in file.lines {
                guard let module = Self.importedModule(line) else { continue }
                #expect(
                    layer.allowed.contains(module),
                    "\(file) imports \(module), which \(layer.target) may not")
            }
        }
    }

    @Test("readline is imported by the line editor alone")
    func readlineIsolated() {
        let importers = SourceTree.swift.filter { file in
            file.lines.contains { Self.importedModule($0) == "CReadline" }
        }
        #expect(importers.map(\.name) == ["LineEditor"])
    }

    @Test("nothing postpones work or claims that an error cannot happen")
    func leftOvers() {
        let forbidden = ["try!", "TODO", "FIXME", "fatalError("]
        for file in SourceTree.files(below: "Sources", endings: ["swift", "c", "h"]) {
            for (number, line) in file.lines.enumerated() {
                for word in forbidden where line.contains(word) {
                    Issue.record("\(file):\(number + 1) has \(word)")
                }
            }
        }
    }

    @Test("every unchecked promise and every dropped error says why it is right")
    func uncheckedPromises() {
        let promises = ["@unchecked Sendable", "nonisolated(unsafe)", " try?", "(try?"]
        for file in SourceTree.files(below: "Sources", endings: ["swift"]) {
            for (number, line) in file.lines.enumerated()
            where promises.contains(where: line.contains) && !line.contains("\"") {
                let nearby = file.lines[max(0, number - 8)...(number + 1)].joined(separator: "\n")
                #expect(
                    nearby.range(of: "because", options: .caseInsensitive) != nil,
                    "\(file):\(number + 1) needs a comment with its because")
            }
        }
    }

    @Test("the top level holds what was agreed and nothing else")
    func topLevel() throws {
        let agreed: Set = [
            "Package.swift", "Sources", "Tests", "protocol", "README.md", "systemd", "LICENSE",
        ]
        let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
        let others = names.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(Set(others) == agreed)
    }

    @Test("swift format has nothing to say")
    func formatting() throws {
        let lint = try FinishedProgram(
            "/usr/bin/env",
            ["swift", "format", "lint", "-s", "-r", "-p", "Package.swift", "Sources", "Tests"],
            in: SourceTree.root)
        #expect(lint.status == 0, "\(lint.output.prefix(4000))")
    }

    /// The module that a line imports, or nil when it is no import.
    private static func importedModule(_ line: String) -> String? {
        var words = line.split(separator: " ").map(String.init)
        while let first = words.first,
            ["public", "internal", "@testable", "@preconcurrency"].contains(first)
        {
            words.removeFirst()
        }
        guard words.first == "import", words.count >= 2 else { return nil }
        let kinds = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
        let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        return String(name.split(separator: ".")[0])
    }

    /// Each function of a file with its length, by the indentation of its closing brace.
    private static func functions(of file: SourceTree.File) -> [(name: String, lines: Int)] {
        var found: [(String, Int)] = []
        for (start, line) in file.lines.enumerated() {
            let text = line.drop { $0 == " " }
            let words = text.split(separator: " ")
            guard
                words.prefix(4).contains("func") || text.hasPrefix("init(")
                    || text.hasPrefix("public init(")
            else { continue }
            let closing = String(repeating: " ", count: line.count - text.count) + "}"
            guard !line.hasSuffix("}"),
                let end = file.lines[start...].firstIndex(where: { $0 == closing })
            else { continue }
            found.append((String(text.prefix(60)), end - start + 1))
        }
        return found
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A folder with copies of the units, whose programs are ones that every machine has; removed with
/// the last reference.
final class UnitsFolder {
    let path = NSTemporaryDirectory() + "candor-units-" + UUID().uuidString

    init() throws {
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        let shipped = SourceTree.root.appendingPathComponent("systemd")
        for name in try files.contentsOfDirectory(atPath: shipped.path)
        where [".service", ".socket", ".timer", ".conf"].contains(where: name.hasSuffix) {
            let text = try String(
                contentsOf: shipped.appendingPathComponent(name), encoding: .utf8)
            let runnable = text.replacing("/usr/bin/candord", with: "/bin/true")
                .replacing("/usr/bin/candor", with: "/bin/true")
            try runnable.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
        }
        units = try files.contentsOfDirectory(atPath: path)
            .filter { !$0.hasSuffix(".conf") }.sorted()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names of the units.
    let units: [String]

    /// The path of a unit, or of an instance of one that is a template.
    func instancePath(_ unit: String) -> String { file(unit.replacing("@.", with: "@test.")) }

    /// Writes a drop-in's text to the end of a unit, where systemd would read it.
    func append(_ dropIn: String, to unit: String) throws {
        let joined = try [unit, dropIn].map {
            try String(contentsOfFile: file($0), encoding: .utf8)
        }.joined()
        try joined.write(toFile: file(unit), atomically: true, encoding: .utf8)
    }

    private func file(_ name: String) -> String { path + "/" + name }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Ratings
import Testing

@Suite("DataSnapshot")
struct DataSnapshotTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    @Test("a snapshot reads back equal, is known as one, and equal data gives equal files")
    func roundTrip() throws {
        let data = try Generation.sampleData()
        let path = scratch.file("data.sections")
        let written = try DataSnapshot.write(data, to: path)
        #expect(DataSnapshot.isSnapshot(path))
        #expect(try DataSnapshot.read(path) == data)
        let bytes = try scratch.bytes("data.sections")
        #expect(bytes.count == written.byteCount)
        let manifest = try Generation.sample(1).manifest
        #expect(manifest.dataHash == written.hash)
        let again = try DataSnapshot.write(try Generation.sampleData(), to: path)
        #expect(again == written)
        #expect(try scratch.bytes("data.sections") == bytes)
        #expect(try scratch.names() == ["data.sections"])
    }

    @Test("values and times that need their long forms read back equal")
    func longForms() throws {
        var columns = RatingColumns()
        for item in 0..<300 {
            columns.append(
                user: UserIndex(0), item: ItemIndex(item), value: Float(item) / 7,
                timestamp: Int64(item) - 5)
        }
        let user = try #require(UserID("a"))
        let items = try (0..<300).map { Item(id: try #require(ItemID("\($0)")), title: "T") }
        let data = GenerationData(
            Dataset(
                name: "long", users: UserTable([user]), items: Catalogue(items), ratings: columns,
                scale: RatingScale(minimum: 0, maximum: 50)))
        #expect(data.matrix.byUser.values.codes.isEmpty)
        #expect(data.matrix.timestamps.short.isEmpty)
        let path = scratch.file("long.sections")
        _ = try DataSnapshot.write(data, to: path)
        #expect(try DataSnapshot.read(path) == data)
    }

    @Test("what a snapshot replaces stays as it was for whoever has it mapped")
    func replacement() throws {
        let data = try Generation.sampleData()
        let path = scratch.file("data.sections")
        _ = try DataSnapshot.write(data, to: path)
        let mapped = try DataSnapshot.read(path)
        let other = GenerationData(
            Dataset(
                name: "none", users: UserTable([]), items: Catalogue([]), ratings: RatingColumns(),
                scale: data.scale))
        _ = try DataSnapshot.write(other, to: path)
        #expect(mapped == data)
        #expect(try DataSnapshot.read(path) == other)
    }

    @Test("damage is told with the file's name and what to do; a missing file by its own error")
    func damage() throws {
        let path = scratch.file("data.sections")
        _ = try DataSnapshot.write(try Generation.sampleData(), to: path)
        var bytes = try scratch.bytes("data.sections")
        bytes[bytes.count / 2] ^= 1
        try scratch.write("data.sections", bytes)
        let error = #expect(throws: SnapshotError.self) { try DataSnapshot.read(path) }
        #expect(
            error?.description
                == "\(path): the snapshot cannot be used: it does not match the hash at its end; "
                + "make it again with 'candord import'")
        try scratch.write("data.sections", [])
        #expect(!DataSnapshot.isSnapshot(path))
        #expect(throws: SnapshotError.self) { try DataSnapshot.read(path) }
        #expect(!DataSnapshot.isSnapshot(scratch.file("nothing")))
        #expect(throws: SnapshotError.self) { try DataSnapshot.read(scratch.file("nothing")) }
    }
}

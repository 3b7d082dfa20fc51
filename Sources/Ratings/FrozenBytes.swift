// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes that never change, in memory of their own or in a mapped file.
public struct FrozenBytes: @unchecked Sendable {
    // Sendable because nobody writes the memory once a FrozenBytes of it exists.
    private let memory: UnsafeRawBufferPointer
    private let owner: AnyObject

    /// Uses `memory` in place; `owner` keeps it valid and unchanged for as long as it lives.
    public init(_ memory: UnsafeRawBufferPointer, ownedBy owner: AnyObject) {
        self.memory = memory
        self.owner = owner
    }

    /// A copy of `bytes`, aligned for any element.
    public init(_ bytes: [UInt8]) {
        let copy = Allocation.elements(of: UInt8.self, count: bytes.count)
        copy.initialize(from: bytes, count: bytes.count)
        memory = UnsafeRawBufferPointer(start: copy, count: bytes.count)
        owner = Allocation(copy)
    }

    /// The number of bytes.
    public var count: Int { memory.count }

    /// Calls `body` with all bytes, which it must not keep.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(owner) {} }
        return try body(memory)
    }

    /// The bytes at `range` as elements, in place.
    ///
    /// Only for types for which every bit pattern is a value. Traps when the range is outside, is
    /// no whole number of elements or begins where an element cannot lie.
    public func array<Element: BitwiseCopyable & Sendable>(
        _ range: Range<Int>, of type: Element.Type = Element.self
    ) -> FrozenArray<Element> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside")
        let part = UnsafeRawBufferPointer(rebasing: memory[range])
        precondition(
            part.count.isMultiple(of: MemoryLayout<Element>.stride)
                && Int(bitPattern: part.baseAddress).isMultiple(of: MemoryLayout<Element>.alignment),
            "bytes that are no elements")
        return FrozenArray(part.bindMemory(to: type), ownedBy: owner)
    }
}

extension FrozenArray {
    /// The bytes of the elements, in place.
    public var bytes: FrozenBytes {
        withUnsafeBufferPointer { elements in
            FrozenBytes(UnsafeRawBufferPointer(elements), ownedBy: owner)
        }
    }
}

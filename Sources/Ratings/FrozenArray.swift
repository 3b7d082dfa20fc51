// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A sequence of numbers that never changes, in memory of its own or in a mapped file.
///
/// Copies share the memory, which goes with the last of them. It exists beside `Array` so that a
/// hundred million ratings can be used where they lie in a file, without being read or copied.
/// Threads may share it, because nobody writes the memory once a FrozenArray of it exists.
public struct FrozenArray<Element: BitwiseCopyable & Sendable>: RandomAccessCollection,
    @unchecked Sendable
{
    @usableFromInline let elements: UnsafeBufferPointer<Element>
    @usableFromInline let owner: AnyObject

    /// Uses `elements` in place; `owner` keeps them valid and unchanged for as long as it lives.
    public init(_ elements: UnsafeBufferPointer<Element>, ownedBy owner: AnyObject) {
        self.elements = elements
        self.owner = owner
    }

    /// Takes over memory that malloc gave.
    init(adopting memory: UnsafeMutablePointer<Element>, count: Int) {
        elements = UnsafeBufferPointer(start: memory, count: count)
        owner = Allocation(memory)
    }

    /// Allocates `count` elements, from a multiple of 64 bytes on, and lets `fill` write every one of
    /// them.
    public init(count: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
        let memory = Allocation.elements(of: Element.self, count: count)
        fill(UnsafeMutableBufferPointer(start: memory, count: count))
        self.init(adopting: memory, count: count)
    }

    /// A copy of `other`, in O(count).
    public init(_ other: some Collection<Element>) {
        self.init(count: other.count) { _ = $0.initialize(from: other) }
    }

    /// The first position: 0.
    @inlinable public var startIndex: Int { 0 }
    /// One past the last position.
    @inlinable public var endIndex: Int { elements.count }

    /// The element at `index`; traps outside the array.
    @inlinable public subscript(index: Int) -> Element {
        // Because whoever asks holds the array until it is answered, the owner is not retained:
        // that would take longer than the rest.
        precondition(UInt(bitPattern: index) < UInt(bitPattern: elements.count), "index outside")
        return elements[index]
    }

    /// Calls `body` with all elements, which it must not keep.
    @inlinable public func withUnsafeBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(owner) {} }
        return try body(elements)
    }

    /// Calls `body` with all elements.
    @inlinable public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) rethrows -> Result? {
        defer { withExtendedLifetime(owner) {} }
        return try body(elements)
    }

    /// A copy of the elements at `range`, by one block move; traps outside the array.
    public func array(_ range: Range<Int>) -> [Element] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside")
        return withUnsafeBufferPointer { Array(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The elements at `positions`, in that order.
    func gathered(_ positions: [Int32]) -> FrozenArray {
        withUnsafeBufferPointer { source in
            FrozenArray(count: positions.count) { target in
                for (rank, position) in positions.enumerated() {
                    precondition(position >= 0 && position < source.count, "position outside")
                    target[rank] = source[Int(position)]
                }
            }
        }
    }
}

extension FrozenArray: Equatable where Element: Equatable {
    /// Whether both have the same elements in the same order.
    public static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                left.baseAddress == right.baseAddress || left.elementsEqual(right)
            }
        }
    }
}

extension FrozenArray: ExpressibleByArrayLiteral {
    /// A copy of `elements`.
    public init(arrayLiteral elements: Element...) { self.init(elements) }
}

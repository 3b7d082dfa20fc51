// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Numbers that are appended one by one and then frozen without a copy.
///
/// Unlike `Array` it grows by `realloc`, which moves the pages of a large block instead of copying
/// them, so that growing never occupies twice the memory.
struct GrowingArray<Element: BitwiseCopyable & Sendable>: ~Copyable {
    private var memory: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    /// An empty array.
    init() {
        capacity = 1_024
        memory = Allocation.elements(of: Element.self, count: capacity)
    }

    deinit { free(memory) }

    /// Adds one element at the end.
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        memory[count] = element
        count += 1
    }

    /// All elements so far, to read and to replace.
    mutating func withElements<Result>(
        _ body: (UnsafeMutableBufferPointer<Element>) -> Result
    ) -> Result {
        body(UnsafeMutableBufferPointer(start: memory, count: count))
    }

    /// The elements, their memory handed over.
    consuming func frozen() -> FrozenArray<Element> {
        let trimmed = Allocation.elements(of: Element.self, count: count, growing: memory)
        let count = count
        discard self
        return FrozenArray(adopting: trimmed, count: count)
    }

    private mutating func grow() {
        capacity *= 2
        memory = Allocation.elements(of: Element.self, count: capacity, growing: memory)
    }
}

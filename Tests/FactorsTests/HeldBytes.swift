// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import Factors

/// The bytes of all arrays and tables that a value holds, however deep, each once.
///
/// The ratings themselves do not count.
enum HeldBytes {
    static func of(_ values: Any...) -> Int {
        var seen: Set<UnsafeRawPointer> = []
        return values.reduce(0) { $0 + bytes($1, &seen) }
    }

    private static func bytes(_ value: Any, _ seen: inout Set<UnsafeRawPointer>) -> Int {
        switch value {
        // Panels are counted where a test names them: what is made once cannot be looked into.
        case is RatingMatrix, is SparseRows, is LazyItemPanels: return 0
        case let numbers as [Float]: return bytes(of: numbers, &seen)
        case let numbers as [Double]: return bytes(of: numbers, &seen)
        case let numbers as [Int]: return bytes(of: numbers, &seen)
        case let numbers as [Int32]: return bytes(of: numbers, &seen)
        case let table as FloatTable:
            guard seen.insert(UnsafeRawPointer(table.base)).inserted else { return 0 }
            return 4 * max(table.rowCount, 1) * table.width
        case let panels as ItemPanels:
            return 2 * max(1, panels.panelCount * panels.pairCount * 32) + parts(panels, &seen)
        default: break
        }
        if type(of: value) is AnyClass {
            let object = UnsafeRawPointer(
                Unmanaged.passUnretained(value as AnyObject).toOpaque())
            guard seen.insert(object).inserted else { return 0 }
        }
        return parts(value, &seen)
    }

    private static func parts(_ value: Any, _ seen: inout Set<UnsafeRawPointer>) -> Int {
        Mirror(reflecting: value).children.reduce(0) { $0 + bytes($1.value, &seen) }
    }

    private static func bytes<Element>(
        of numbers: [Element], _ seen: inout Set<UnsafeRawPointer>
    ) -> Int {
        numbers.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, seen.insert(base).inserted else { return 0 }
            return bytes.count
        }
    }
}

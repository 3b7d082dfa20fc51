// SPDX-License-Identifier: GPL-3.0-or-later

/// Objects by numbers that are given out one after the other and never again, as those of connections.
///
/// A dictionary, before which the objects of late numbers lie in places of their own: hashing a number
/// costs as much as a tenth of the shortest request. Constant time; 16 KiB besides the dictionary.
struct NumberedTable<Value: AnyObject> {
    private struct Place {
        let number: Int
        let value: Value
    }

    private static var placeMask: Int { 1023 }

    /// All of them.
    private(set) var all: [Int: Value] = [:]
    /// By the last digits of their numbers; who finds the place taken takes it over.
    private var places: [Place?]

    /// Without any.
    init() {
        places = Array(repeating: nil, count: Self.placeMask + 1)
    }

    /// The object of a number; nil where there is none.
    subscript(number: Int) -> Value? {
        get {
            if let place = places[number & Self.placeMask], place.number == number {
                return place.value
            }
            return all[number]
        }
        set {
            all[number] = newValue
            let index = number & Self.placeMask
            if let newValue {
                places[index] = Place(number: number, value: newValue)
            } else if places[index]?.number == number {
                places[index] = nil
            }
        }
    }

    /// How many there are.
    var count: Int { all.count }
}

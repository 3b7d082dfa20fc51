// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    /// The verb called `name`, in any case; nil when there is none.
    public init?(parsing name: String) {
        var name = name
        guard let verb = name.withUTF8({ Verb(parsing: $0) }) else { return nil }
        self = verb
    }

    /// The verb whose name these bytes spell, in any case; allocates nothing.
    init?(parsing bytes: UnsafeBufferPointer<UInt8>) {
        guard let key = Self.key(bytes), let verb = Self.byKey.first(where: { $0.key == key })
        else { return nil }
        self = verb.verb
    }

    /// Every name as one number, in the order of the cases.
    private static let byKey: [(key: UInt128, verb: Verb)] = allCases.map { verb in
        var name = verb.rawValue
        guard let key = name.withUTF8({ Self.key($0) }) else {
            preconditionFailure("the name \(verb.rawValue) is longer than a key")
        }
        return (key, verb)
    }

    /// Up to 16 bytes as one number, letters in upper case; nil for none or more.
    private static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt128? {
        guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
        var key: UInt128 = 0
        for byte in bytes { key = key << 8 | UInt128(ASCII.uppercased(byte)) }
        return key
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// The parameters of one explanation, as EXPORT explanation sends them: vectors by name.
struct ExplanationExport {
    private struct Key: Hashable {
        let name: String
        var sample: Int?
        var item: String?
    }

    /// Which formulas replay it.
    let kind: String
    /// The rated items, in the order in which they came.
    let items: [String]
    private let vectors: [Key: [Double]]

    /// What the name of an attribute's vectors begins with, its label following.
    static let attributePrefix = "attribute "

    /// The labels of the user's attributes that are inputs, such as `gender=F`, sorted.
    var attributes: [String] {
        let names = vectors.keys.map(\.name).filter { $0.hasPrefix(Self.attributePrefix) }
        return Set(names).map { String($0.dropFirst(Self.attributePrefix.count)) }.sorted()
    }

    /// Whether the trace of an attribute was taken out of user vectors.
    var isErased: Bool { vectors.keys.contains { $0.name.hasPrefix("erased_") } }

    /// Reads a reply.
    init(_ reply: ReceivedReply) throws(VerificationError) {
        func column(_ name: String) throws(VerificationError) -> Int {
            guard let index = reply.columns.firstIndex(of: name) else {
                throw .incomplete("column \(name)")
            }
            return index
        }
        guard let kind = reply["kind"] else { throw .incomplete("kind") }
        let (name, sample) = (try column("name"), try column("sample"))
        let (item, precision) = (try column("item"), try column("precision"))
        let values = try column("values")
        var items: [String] = []
        var seen: Set<String> = []
        var vectors: [Key: [Double]] = [:]
        for row in reply.rows {
            guard let title = row[name] else { throw .incomplete("name of a row") }
            let numbers = try Self.numbers(row[values] ?? "", row[precision], of: title)
            if let rated = row[item], seen.insert(rated).inserted { items.append(rated) }
            vectors[Key(name: title, sample: row[sample].flatMap { Int($0) }, item: row[item])] =
                numbers
        }
        self.kind = kind
        self.items = items
        self.vectors = vectors
    }

    /// Numbers of single precision are read as such and then widened, or they would be others.
    private static func numbers(
        _ text: String, _ precision: String?, of name: String
    ) throws(VerificationError) -> [Double] {
        var numbers: [Double] = []
        for word in text.split(separator: " ") {
            let number = precision == "single" ? Float(word).map { Double($0) } : Double(word)
            guard let number, number.isFinite else { throw .incomplete(name) }
            numbers.append(number)
        }
        return numbers
    }

    /// The vector called `name`, of a sample, of a rated item.
    func vector(
        _ name: String, sample: Int? = nil, item: String? = nil, count: Int? = nil
    ) throws(VerificationError) -> [Double] {
        guard let vector = vectors[Key(name: name, sample: sample, item: item)],
            count == nil || vector.count == count
        else { throw .incomplete(name) }
        return vector
    }

    /// Whether a rated item has a vector called `name`.
    func has(_ name: String, item: String) -> Bool {
        vectors[Key(name: name, item: item)] != nil
    }

    /// The single number called `name`.
    func number(
        _ name: String, sample: Int? = nil, item: String? = nil
    ) throws(VerificationError) -> Double {
        try vector(name, sample: sample, item: item, count: 1)[0]
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// What a number was computed from, by hashes: with the same ones it comes out the same.
public struct NumberSource: Sendable, Equatable {
    /// What was measured, in a word or two: `data`, `later ratings`.
    public let name: String
    /// SHA-256 of the data.
    public let data: String
    /// SHA-256 of the model's bytes; nil where no model had a part in it.
    public let model: String?
    /// SHA-256 of which ratings were held out; nil where none were.
    public let split: String?

    /// Joins the hashes.
    public init(name: String, data: String, model: String? = nil, split: String? = nil) {
        self.name = name
        self.data = data
        self.model = model
        self.split = split
    }

    /// The same with another model.
    func of(model: String?) -> NumberSource {
        NumberSource(name: name, data: data, model: model, split: split)
    }
}

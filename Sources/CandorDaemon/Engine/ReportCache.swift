// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The report of one generation in both forms, kept so that it is measured once.
struct ReportCache: Sendable {
    /// What a report depends on.
    struct Key: Sendable, Equatable {
        /// The hashes of the generation's data and factors: a number would not tell it from what is
        /// left of it after a FORGET.
        let hashes: [String]
        /// What FIDELITY had measured by then.
        let fidelity: Fidelity?
    }

    let key: Key
    let page: Reply
    let numbers: Reply

    /// The report in one of its forms.
    func reply(_ form: ReportForm) -> Reply {
        switch form {
        case .page: page
        case .numbers: numbers
        }
    }
}

extension GenerationManifest {
    /// What tells this generation's data and factors from any other's.
    var hashes: [String] { [dataHash, factorHash] }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The report of one generation in both forms, kept so that it is measured once.
struct ReportCache: Sendable {
    let generation: Int
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

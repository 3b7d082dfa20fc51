// SPDX-License-Identifier: GPL-3.0-or-later

/// What SHOW shows, as the request names it.
enum ShowKind: String, CaseIterable {
    case user
    case item
}

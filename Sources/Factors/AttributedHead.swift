// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head that may expect something of users by attributes that they have told.
public protocol AttributedHead: LinearHead {
    /// The names of the attributes that are inputs and known of the user of `profile`; none by default.
    ///
    /// Where there is none the user is taken for the average of those trained on.
    func knownAttributes(of profile: Profile) -> [String]
}

extension BayesianHead: AttributedHead {
    /// The names of the inputs that are known of the user.
    public func knownAttributes(of profile: Profile) -> [String] {
        inputs.groups(of: profile.user).map { inputs.attributes[$0.attribute].name }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension AttributeInputs {
    /// The attributes called `names` of `users`, in the groups that audits compare; see
    /// `AuditAttribute`.
    ///
    /// Names come in the order of the data, each once, whatever the order they are given in.
    public init(named names: [String], of users: UserTable) throws(AttributeInputError) {
        var attributes: [UserAttribute] = []
        for name in names where users.attribute(named: name) == nil {
            throw .unknown(name: name, known: users.attributes.map(\.name))
        }
        for attribute in users.attributes where names.contains(attribute.name) {
            let groups: AuditAttribute
            do throws(AttributeRefusal) {
                groups = try AuditAttribute(attribute)
            } catch {
                throw .refused(error)
            }
            attributes.append(
                UserAttribute(
                    name: groups.name, categories: groups.groups, codes: groups.codes))
        }
        self.init(attributes)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension ErasedHead: ExplainableHead where Inner: ExplainableHead {
    /// The inner head's terms: what an erasure adds is an adjustment, not a base.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] { inner.baseTerms(of: item) }
}

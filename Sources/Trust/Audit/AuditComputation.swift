// SPDX-License-Identifier: GPL-3.0-or-later

/// Computes the rows of an audit once it is settled which users count and which groups are shown.
struct AuditComputation {
    let subject: AuditSubject
    let users: GroupedUsers
    /// For each attribute and group whether it is shown.
    let isShown: [[Bool]]
    let options: AuditOptions
    let threads: Int

    /// All rows with their p-values, not yet adjusted; nil when `progress` returns false.
    ///
    /// What cannot be measured, such as the error of items without held-out ratings, has no row.
    func rows(progress: (Double, String) -> Bool) -> [AuditRow]? {
        let bootstrap = UserBootstrap(users, options: options, threads: threads) {
            progress(0.2 * $0, "resampling users")
        }
        guard let bootstrap else { return nil }
        let statistics = TestedStatistics(subject.measurements, table: users.table)
        var permutations: [StratifiedPermutation] = []
        for attribute in users.attributes.indices {
            let permutation = StratifiedPermutation(
                users.codes[attribute], exchangeable: users.exchangeable(attribute),
                statistics: statistics.of(isShown: isShown[attribute]), number: attribute,
                options: options, threads: threads
            ) { fraction in
                let share = (Double(attribute) + fraction) / Double(users.attributes.count)
                return progress(0.2 + 0.5 * share, "exchanging groups at random")
            }
            guard let permutation else { return nil }
            permutations.append(permutation)
        }
        let items = ItemAudit(
            subject.measurements, train: subject.train, catalogue: subject.catalogue
        ).rows(options, threads: threads) { progress(0.7 + 0.1 * $0, "measuring exposure") }
        guard let items else { return nil }
        let leakage = Leakage(subject, users, options: options, threads: threads)
            .rows(isShown: isShown) { progress(0.8 + 0.2 * $0, "attacking user vectors") }
        guard let leakage else { return nil }
        let groups = GroupRows(
            users: users, measurements: subject.measurements, isShown: isShown,
            bootstrap: bootstrap, permutations: permutations)
        return (groups.data() + groups.metrics() + items + leakage).filter(\.value.isFinite)
    }
}

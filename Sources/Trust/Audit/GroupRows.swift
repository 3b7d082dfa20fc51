// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes rows of what was computed of groups of users.
struct GroupRows {
    let users: GroupedUsers
    let measurements: HeldOutMeasurements
    let isShown: [[Bool]]
    let bootstrap: UserBootstrap
    let permutations: [StratifiedPermutation]

    /// Who is measured: each group's part of the users and the median of their profiles, and what
    /// is missing.
    func data() -> [AuditRow] {
        let sizes = measurements.users.map { Double($0.profileSize) }
        var rows = [
            row("all", nil, .data, "median-profile", .rmse, Estimate(value: Self.median(sizes)))
        ]
        for attribute in users.attributes.indices {
            let codes = users.codes[attribute]
            let name = users.attributes[attribute].name
            let known = codes.count { $0 >= 0 }
            for group in shownGroups(attribute) {
                let own = codes.indices.filter { codes[$0] == Int32(group) }
                let share = Double(RoundedCount.of(own.count)) / Double(RoundedCount.of(known))
                rows.append(
                    row(attribute, group, .data, "share", .rmse, Estimate(value: share)))
                rows.append(
                    row(
                        attribute, group, .data, "median-profile", .rmse,
                        Estimate(value: Self.median(own.map { sizes[$0] }))))
            }
            guard users.attributes[attribute].kind == .attribute else { continue }
            let missing = codes.count - known
            rows.append(
                AuditRow(
                    .data, attribute: name, group: "unknown", users: missing, ratings: 0,
                    metric: "missing",
                    Estimate(
                        value: Double(RoundedCount.of(missing))
                            / Double(max(1, RoundedCount.of(codes.count))))))
        }
        return rows
    }

    /// All metrics of all groups, with their gaps and tests.
    func metrics() -> [AuditRow] {
        var rows = UserMetric.allCases.map { metric in
            row(
                "all", nil, Self.section(metric), metric.rawValue, metric,
                estimate(
                    GroupStatistics.placeOfAll(metric, groupCount: users.groupCount)))
        }
        for attribute in users.attributes.indices {
            rows += UserMetric.allCases.map { spread(attribute, $0) }
            for group in shownGroups(attribute) {
                for metric in UserMetric.allCases { rows += numbers(attribute, group, metric) }
                rows += distances(attribute, group)
                rows += unfairness(attribute, group)
            }
        }
        return rows
    }

    private func spread(_ attribute: Int, _ metric: UserMetric) -> AuditRow {
        let place = TestedStatistics.Place.spread(metric)
        let null = permutations[attribute].null(place)
        let observed = permutations[attribute].observed(place)
        let isConfirmatory =
            metric.isConfirmatory && users.attributes[attribute].kind == .attribute
        return row(
            users.attributes[attribute].name, nil, Self.section(metric),
            "\(metric.rawValue)-spread", metric, Estimate(value: observed),
            known: known(attribute), chance: Self.mean(null),
            p: PValue.upper(observed, null: null),
            family: isConfirmatory ? .confirmatory : .exploratory)
    }

    /// The value, the gap, and the gap at equal profile sizes.
    private func numbers(_ attribute: Int, _ group: Int, _ metric: UserMetric) -> [AuditRow] {
        let all = users.firstGroups[attribute] + group
        func place(_ kind: GroupStatistics.Kind) -> Int {
            GroupStatistics.place(group: all, metric, kind)
        }
        let section = Self.section(metric)
        let null = permutations[attribute].null(.gap(group: group, metric))
        let observed = permutations[attribute].observed(.gap(group: group, metric))
        let gap = row(
            attribute, group, section, "\(metric.rawValue)-gap", metric,
            estimate(place(.gap)), chance: Self.mean(null),
            p: PValue.twoSided(observed, null: null), family: .exploratory,
            detectable: DetectableGap.minimum(
                null: null, samples: bootstrap.samples(place(.gap))))
        return [
            row(
                attribute, group, section, metric.rawValue, metric, estimate(place(.value))),
            gap,
            row(
                attribute, group, section, "\(metric.rawValue)-gap-at-equal-activity", metric,
                estimate(place(.adjustedGap))),
        ]
    }

    private func distances(_ attribute: Int, _ group: Int) -> [AuditRow] {
        TestedStatistics.compared.map { metric in
            tested(
                attribute, group, "\(metric.rawValue)-ks", metric,
                .distance(group: group, metric))
        }
    }

    private func unfairness(_ attribute: Int, _ group: Int) -> [AuditRow] {
        UnfairnessMetric.allCases.map { metric in
            tested(
                attribute, group, metric.rawValue, .rmse, .unfairness(group: group, metric))
        }
    }

    /// A number that is never negative and mostly noise: it has no interval, only what chance gives.
    private func tested(
        _ attribute: Int, _ group: Int, _ name: String, _ metric: UserMetric,
        _ place: TestedStatistics.Place
    ) -> AuditRow {
        let null = permutations[attribute].null(place)
        let observed = permutations[attribute].observed(place)
        return row(
            attribute, group, Self.section(metric), name, metric, Estimate(value: observed),
            chance: Self.mean(null), p: PValue.upper(observed, null: null),
            family: .exploratory)
    }

    // MARK: Means

    private func row(
        _ attribute: Int, _ group: Int, _ section: AuditSection, _ name: String,
        _ metric: UserMetric, _ estimate: Estimate, chance: Double? = nil, p: Double? = nil,
        family: AuditRow.Family? = nil, detectable: Double? = nil
    ) -> AuditRow {
        row(
            users.attributes[attribute].name, users.attributes[attribute].groups[group], section,
            name, metric, estimate,
            known: users.codes[attribute].indices.filter {
                users.codes[attribute][$0] == Int32(group)
            }, chance: chance, p: p, family: family, detectable: detectable)
    }

    /// A row with the numbers of users and ratings that `metric` is measured on.
    private func row(
        _ attribute: String, _ group: String?, _ section: AuditSection, _ name: String,
        _ metric: UserMetric, _ estimate: Estimate, known: [Int]? = nil, chance: Double? = nil,
        p: Double? = nil, family: AuditRow.Family? = nil, detectable: Double? = nil
    ) -> AuditRow {
        let members = known ?? Array(measurements.users.indices)
        let measured = members.filter { users.table.value(metric, of: $0) != nil }
        return AuditRow(
            section, attribute: attribute, group: group ?? "all", users: measured.count,
            ratings: members.reduce(0) { $0 + measurements.users[$1].items.count }, metric: name,
            estimate, chance: chance, p: p, family: family, detectable: detectable)
    }

    private func shownGroups(_ attribute: Int) -> [Int] {
        isShown[attribute].indices.filter { isShown[attribute][$0] }
    }

    private func known(_ attribute: Int) -> [Int] {
        users.codes[attribute].indices.filter { users.codes[attribute][$0] >= 0 }
    }

    private func estimate(_ place: Int) -> Estimate {
        Estimate(value: bootstrap.observed(place), samples: bootstrap.samples(place))
    }

    private static func section(_ metric: UserMetric) -> AuditSection {
        metric.isOfStars ? .rating : .ranking
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    private static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

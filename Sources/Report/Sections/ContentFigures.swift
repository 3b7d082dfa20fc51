// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Plots of what items are about and who rates which genres.
struct ContentFigures {
    private let findings: ReportFindings
    private let source: NumberSource

    /// A group comparison with more groups than this is a table of tints, not dots.
    private static let dotGroupsMax = 4
    private static let genresMax = 18
    private static let columnsMax = 8
    private static let genreColumns = 4

    init(_ findings: ReportFindings) {
        self.findings = findings
        source = findings.subject.dataSource
    }

    /// The figures that the data allows.
    var figures: [ReportFigure] {
        findings.genres.mixes.map { mix in
            mix.groups.count <= Self.dotGroupsMax ? dots(mix) : tints(mix)
        } + [components].compactMap { $0 }
    }

    private func shares(_ mix: GenreFacts.Mix) -> [[ReportNumber]] {
        zip(findings.genres.genres, mix.shares).prefix(Self.genresMax).map { genre, shares in
            zip(mix.groups, shares).map { group, share in
                ReportNumber(
                    "data.genre.\(genre.name).\(mix.attribute).\(group)", share, .percent(1),
                    "part of ratings by \(mix.attribute) \(group) that go to \(genre.name)", source)
            }
        }
    }

    private func dots(_ mix: GenreFacts.Mix) -> ReportFigure {
        let numbers = shares(mix)
        let widest = zip(findings.genres.genres, numbers).max {
            spread($0.1.map(\.value)) < spread($1.1.map(\.value))
        }
        return ReportFigure(
            id: "genres-\(mix.attribute)", title: "What groups rate, by \(mix.attribute)",
            description: """
                For each genre a dot per group: the part of the group's ratings that goes to the \
                genre. They differ most for \
                \(widest.map { "\($0.0.name): \($0.1.map(\.text).joined(separator: " and "))" } ?? "none").
                """,
            caption: """
                The part of each group's ratings that goes to items of a genre; items have several. \
                Groups do not rate the same things, so that a difference in accuracy between them \
                may be one in what they rate.
                """,
            plot: DotPlot(
                measure: "part of the group's ratings", groups: mix.groups,
                rows: zip(findings.genres.genres, numbers).map { genre, numbers in
                    .init(name: genre.name, values: numbers.map(\.value))
                }, style: .percent(0)), numbers: numbers.flatMap { $0 })
    }

    private func tints(_ mix: GenreFacts.Mix) -> ReportFigure {
        let numbers = shares(mix)
        let genres = zip(findings.genres.genres, numbers).map { genre, numbers in
            (
                name: genre.name, numbers: numbers,
                excess: numbers.map { 100 * ($0.value / max(genre.share, 1e-12) - 1) }
            )
        }
        let extreme = genres.flatMap { genre in
            zip(mix.groups, genre.excess).map { (genre.name, $0.0, $0.1) }
        }.max { $0.2.magnitude < $1.2.magnitude }
        // Where there are many groups each has a row, and the genres that differ most a column.
        let isTurned = mix.groups.count > Self.columnsMax
        let shown =
            isTurned
            ? Array(
                genres.sorted { spread($0.excess) > spread($1.excess) }.prefix(Self.genreColumns))
            : genres
        let rows =
            isTurned
            ? mix.groups.enumerated().map { place, group in
                (name: group, values: shown.map { $0.excess[place] })
            } : shown.map { (name: $0.name, values: $0.excess) }
        return ReportFigure(
            id: "genres-\(mix.attribute)", title: "What groups rate, by \(mix.attribute)",
            description: """
                A table of genres and groups: by how many percent the group's share of the genre \
                is above or below everybody's. The largest difference is \
                \(extreme.map { "\($0.0) for \($0.1), \(NumberStyle.fixed(0).text(of: $0.2)) percent" } ?? "none").
                """,
            caption: """
                By how many percent a group's share of a genre is above or below that of all \
                ratings: +50 means half as much again.\
                \(isTurned ? " The genres that differ most." : "") Groups of under ten users are \
                not shown.
                """,
            plot: HeatPlot(
                columns: isTurned ? shown.map(\.name) : mix.groups, rows: rows,
                measure: "% above or below the share of everybody"),
            numbers: shown.flatMap(\.numbers))
    }

    private var components: ReportFigure? {
        guard let content = findings.content else { return nil }
        let explained = content.explained.enumerated().map { place, part in
            ReportNumber(
                "data.content.explained.\(place + 1)", part, .percent(1),
                "part of the variance of genres and year along component \(place + 1)", source)
        }
        let weights = content.features.flatMap { feature in
            feature.weights.enumerated().map { place, weight in
                ReportNumber(
                    "data.content.\(feature.name).\(place + 1)", weight, .fixed(3),
                    "weight of \(feature.name) in component \(place + 1)", source)
            }
        }
        let x = content.places.map(\.x)
        let y = content.places.map(\.y)
        return ReportFigure(
            id: "content", title: "The catalogue by genre and year",
            description: """
                Items as points along the first two principal components of genres and year, with \
                each genre's name at the mean of its items. The first component leans on \
                \(leaning(content, 0)), the second on \(leaning(content, 1)).
                """,
            caption: """
                Principal components of genres (0 or 1) and year: a map of the catalogue without a \
                single rating. The two directions hold \(explained[0]) and \
                \(explained[1]) of the variance, so that much does not show here. Genre names stand \
                at the mean of their items.
                """,
            plot: ScatterPlot(
                across: PlotAxis(name: "first component", scale: PlotScale(holding: x)),
                up: PlotAxis(name: "second component", scale: PlotScale(holding: y)),
                clouds: clouds(content),
                names: content.features.compactMap { feature in
                    feature.centre.map { (feature.name, $0[0], $0[1]) }
                }), numbers: explained + weights)
    }

    /// Items by thirds of their years, where those are known.
    private func clouds(_ content: ContentComponents) -> [ScatterPlot.Cloud] {
        let years = content.items.map { findings.subject.data.items[$0].year }
        let known = years.compactMap { $0 }.sorted()
        guard known.count * 2 > years.count, let first = known.first, let last = known.last else {
            return [.init(name: "one item", points: content.places, ink: .first)]
        }
        let cuts = [known[known.count / 3], known[2 * known.count / 3]]
        let bounds = [(Int.min, cuts[0] - 1), (cuts[0], cuts[1] - 1), (cuts[1], Int.max)]
        let names = ["\(first)–\(cuts[0] - 1)", "\(cuts[0])–\(cuts[1] - 1)", "\(cuts[1])–\(last)"]
        return zip(bounds, names).enumerated().compactMap { place, part in
            let points = zip(content.places, years).filter { _, year in
                year.map { $0 >= part.0.0 && $0 <= part.0.1 } ?? false
            }.map(\.0)
            return points.isEmpty
                ? nil : .init(name: part.1, points: points, ink: Ink.series(place))
        }
    }

    private func leaning(_ content: ContentComponents, _ direction: Int) -> String {
        let strongest = content.features.sorted {
            $0.weights[direction].magnitude > $1.weights[direction].magnitude
        }.prefix(3)
        return strongest.map {
            "\($0.name) (\(NumberStyle.fixed(2).text(of: $0.weights[direction])))"
        }.joined(separator: ", ")
    }

    private func spread(_ values: [Double]) -> Double {
        (values.max() ?? 0) - (values.min() ?? 0)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import TestSupport
import Testing

@testable import Report

@Suite("models on later ratings")
struct LaterFindingsTests {
    @Test("parts of a matrix by time are those of its columns")
    func parts() {
        let data = SmallReport.data(users: 60, items: 50, ratings: 700)
        var columns = RatingColumns()
        for user in 0..<data.users.count {
            let profile = data.matrix.profile(of: UserIndex(user))
            for place in 0..<profile.count {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(rawValue: profile.items[place]),
                    value: profile.values[place], timestamp: profile.timestamps[place])
            }
        }
        let expected = Split.chronological(columns).map {
            RatingMatrix($0, userCount: data.users.count, itemCount: data.items.count)
        }
        #expect(Split.chronological(data.matrix) == expected)
        let later = ChronologicalParts(data.matrix)
        #expect(later.train == expected[0] && later.later.map(\.matrix) == Array(expected[1...]))
        let last = later.train.timestamps.max() ?? 0
        #expect((later.later[0].matrix.timestamps.min() ?? 0) >= last)
    }

    @Test("figures are those of models trained and measured by hand")
    func figures() throws {
        let data = SmallReport.data()
        let findings = try #require(try SmallReport.findings(data).later)
        let parts = ChronologicalParts(data.matrix)
        #expect(findings.trainCount == parts.train.count)
        #expect(
            findings.models.map(\.id) == ["mean", "svd-zero", "biases", "svd-residual", "served"])
        var (sum, count) = (0.0, 0.0)
        for value in parts.train.byUser.values {
            sum += Double(value)
            count += 1
        }
        for (place, part) in parts.later.enumerated() {
            let errors = part.matrix.byUser.values.map { sum / count - Double($0) }
            let rmse = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
            let found = findings.models[0].errors.errors(on: part.name, timed: false)
            #expect(abs((found?.all.rmse ?? 0) - rmse) < 1e-6)
            let cold = (0..<data.users.count).reduce(0) { sum, user in
                parts.train.profile(of: UserIndex(user)).isEmpty
                    ? sum + part.matrix.profile(of: UserIndex(user)).count : sum
            }
            #expect(findings.parts[place].coldUserRatings == cold)
            #expect(found?.coldUsers.count == cold)
            #expect(findings.parts[place].hash == SplitHash.of(part.matrix, ContentHash.sha256))
        }
        #expect(findings.parts[0].hash != findings.parts[1].hash)
        #expect(findings.models.last?.errors.parts.count == 4)
    }

    @Test("nothing is measured without times, and cancelling ends it")
    func noTimes() throws {
        var ratings = RatingColumns()
        for user in 0..<5 {
            ratings.append(user: UserIndex(user), item: ItemIndex(0), value: 3, timestamp: 0)
        }
        let matrix = RatingMatrix(ratings, userCount: 5, itemCount: 1)
        let none = try LaterFindings(
            ReportModel.baselines(threads: 1), matrix: matrix, scale: SyntheticSource.scale,
            threads: 1, hash: ContentHash.sha256, progress: { _, _ in true })
        #expect(none == nil)
        #expect(throws: TrainingError.cancelled) {
            _ = try LaterFindings(
                ReportModel.baselines(threads: 1), matrix: SmallReport.data().matrix,
                scale: SyntheticSource.scale, threads: 1, hash: ContentHash.sha256,
                progress: { _, _ in false })
        }
    }

    @Test(
        "on MovieLens 1M the mean scores what the split by time is known for",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func movieLens() throws {
        let path = try #require(RealData.directory("ml-1m"))
        let data = SortedDataset(try DatasetReader.read(path).dataset)
        let found = try LaterFindings(
            [ReportModel.baselines(threads: 2)[0]], matrix: data.matrix, scale: data.scale,
            threads: 2, hash: ContentHash.sha256, progress: { _, _ in true })
        let mean = try #require(found?.models.first?.errors)
        #expect(abs((mean.errors(on: "validation", timed: false)?.all.rmse ?? 0) - 1.1312) < 5e-5)
        #expect(abs((mean.errors(on: "test", timed: false)?.all.rmse ?? 0) - 1.1037) < 5e-5)
    }
}

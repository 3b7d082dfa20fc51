// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings
import TestSupport
import Testing

@Suite("The published data sets")
struct RealDataTests {
    @Test(
        "MovieLens 1M reads completely, with its demographics and Latin-1 titles",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func movieLens1M() throws {
        let path = try #require(RealData.directory("ml-1m"))
        let (data, report) = try DatasetReader.read(path)
        #expect(report.format == .movieLensDat)
        #expect(report.ratingLineCount == 1_000_209)
        #expect(report.notices.isEmpty)
        #expect(data.name == "ml-1m")
        #expect(!data.isSynthetic)
        #expect(data.users.count == 6_040)
        #expect(data.items.count == 3_883)
        #expect(data.ratings.count == 1_000_209)
        #expect(data.scale == RatingScale(minimum: 1, maximum: 5))
        // Sums over the file as awk gives them.
        #expect(data.ratings.values.reduce(0) { $0 + Int($1) } == 3_582_313)
        #expect(data.ratings.timestamps.min() == 956_703_932)
        #expect(data.ratings.timestamps.max() == 1_046_454_590)
        let item73 = try #require(ItemID("73").flatMap(data.items.index))
        #expect(data.items[item73].title == "Misérables, Les (1995)")
        #expect(data.items[item73].year == 1_995)
        #expect(data.items[item73].genres == ["Drama", "Musical"])
        #expect(data.items.items.allSatisfy { $0.year != nil })
        let women = try #require(data.users.attribute(named: "gender")).codes.filter { $0 == 0 }
        #expect(women.count == 1_709)
        let user1 = try #require(UserID("1").flatMap(data.users.index))
        #expect(
            data.users.attributes.map { $0.label(of: user1) } == ["F", "Under 18", "K-12 student"])
    }

    @Test(
        "the global mean of the first 70 % of MovieLens 1M has the published errors on the rest",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func chronologicalBaseline() throws {
        let path = try #require(RealData.directory("ml-1m"))
        let ratings = try DatasetReader.read(path).dataset.ratings
        let parts = Split.chronological(ratings)
        #expect(parts.map(\.count) == [700_146, 150_031, 150_032])
        let mean = parts[0].values.reduce(0.0) { $0 + Double($1) } / Double(parts[0].count)
        func rmse(_ part: RatingColumns) -> Double {
            let squares = part.values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
            return (squares / Double(part.count)).squareRoot()
        }
        #expect((rmse(parts[1]) * 10_000).rounded() == 11_312)
        #expect((rmse(parts[2]) * 10_000).rounded() == 11_037)
    }

    @Test(
        "MovieLens 100K reads completely, ages in brackets and genres by name",
        .enabled(if: RealData.directory("ml-100k") != nil, Comment(rawValue: RealData.absent)))
    func movieLens100K() throws {
        let path = try #require(RealData.directory("ml-100k"))
        let (data, report) = try DatasetReader.read(path)
        #expect(report.format == .movieLens100K)
        #expect(report.notices.isEmpty)
        #expect(data.users.count == 943)
        #expect(data.items.count == 1_682)
        #expect(data.ratings.count == 100_000)
        #expect(data.items.items[0].title == "Toy Story (1995)")
        #expect(data.items.items[0].genres == ["Animation", "Children's", "Comedy"])
        #expect(data.items.items[542].title == "Misérables, Les (1995)")
        #expect(data.items.items.filter { $0.year == nil }.map(\.title) == ["unknown"])
        let gender = try #require(data.users.attribute(named: "gender"))
        #expect(gender.codes.filter { $0 == 0 }.count == 273)
        #expect(data.users.attribute(named: "occupation")?.categories.count == 21)
        #expect(
            data.users.attributes.map { $0.label(of: UserIndex(0)) } == [
                "M", "18-24", "technician",
            ])
    }

    @Test(
        "the newest small MovieLens reads completely, half stars and quoted titles included",
        .enabled(
            if: RealData.directory("ml-latest-small") != nil, Comment(rawValue: RealData.absent)))
    func movieLensLatest() throws {
        let path = try #require(RealData.directory("ml-latest-small"))
        let (data, report) = try DatasetReader.read(path)
        #expect(report.format == .movieLensCSV)
        #expect(report.notices.isEmpty)
        #expect(data.users.count == 610)
        #expect(data.items.count == 9_742)
        #expect(data.ratings.count == 100_836)
        #expect(data.scale == RatingScale(minimum: 0.5, maximum: 5))
        #expect(data.users.ids.map(\.token) == (1...610).map(String.init))
        let item11 = try #require(ItemID("11").flatMap(data.items.index))
        #expect(data.items[item11].title == "American President, The (1995)")
        #expect(data.ratings.values.contains(3.5))
    }

    @Test(
        "a lone ratings.dat reads without the files beside it, identifiers in numeric order",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func ratingsAlone() throws {
        let path = try #require(RealData.directory("ml-1m")) + "/ratings.dat"
        let (data, report) = try DatasetReader.read(path)
        #expect(report.format == .plain)
        #expect(report.files == [path])
        #expect(data.users.count == 6_040)
        #expect(data.items.count == 3_706)
        #expect(data.items.items.last?.title == "3952")
        #expect(data.users.attributes.isEmpty)
        #expect(data.scale == RatingScale(minimum: 1, maximum: 5))
    }
}

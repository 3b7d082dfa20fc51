// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings
import Testing

@Suite("Layouts")
struct LayoutTests {
    private func read(_ name: String) throws -> (dataset: Dataset, report: ReadReport) {
        try DatasetReader.read(TestFiles.path(name))
    }

    private func labels(_ data: Dataset, user: Int) -> [String?] {
        data.users.attributes.map { $0.label(of: UserIndex(user)) }
    }

    @Test("the .dat layout gives users, items and demographics in file order")
    func dat() throws {
        let (data, report) = try read("dat-good")
        #expect(report.format == .movieLensDat)
        #expect(data.name == "dat-good")
        #expect(data.items.items.map(\.title) == ["Misérables, Les (1995)", "Beta (1991)"])
        #expect(data.items.items.map(\.genres) == [["Drama", "Musical"], ["Action"]])
        #expect(data.items.items.map(\.year) == [1_995, 1_991])
        #expect(data.users.attributes.map(\.name) == ["gender", "age", "occupation"])
        #expect(labels(data, user: 0) == ["F", "Under 18", "K-12 student"])
        #expect(labels(data, user: 1) == ["M", "56+", "other or not specified"])
        #expect(data.ratings.users == [0, 0, 1])
        #expect(data.ratings.items == [0, 1, 0])
        #expect(data.ratings.values == [5, 3, 4])
        #expect(data.ratings.timestamps == [100, 101, 102])
    }

    @Test("the .dat layout without users takes half stars and numbers users by their numbers")
    func datWithoutUsers() throws {
        let data = try read("dat-no-users").dataset
        #expect(data.scale == RatingScale(minimum: 0.5, maximum: 5))
        #expect(data.users.ids.map(\.token) == ["1", "3"])
        #expect(data.users.attributes.isEmpty)
        #expect(data.ratings.values == [4.5, 0.5])
    }

    @Test("of repeated ratings the latest counts, and of equally late ones the last line")
    func repeated() throws {
        let (data, report) = try read("dat-repeated")
        #expect(report.repeatedCount == 2)
        #expect(report.notices.count == 1)
        #expect(data.ratings.users == [0, 1])
        #expect(data.ratings.values == [5, 4])
        #expect(data.ratings.timestamps == [100, 100])
    }

    @Test("the 100K layout brackets ages and names genres")
    func hundredK() throws {
        let (data, report) = try read("100k-good")
        #expect(report.format == .movieLens100K)
        #expect(data.items.items.map(\.title) == ["Misérables, Les (1995)", "unknown"])
        #expect(data.items.items.map(\.genres) == [["Drama"], []])
        #expect(data.users.attribute(named: "occupation")?.categories == ["writer", "artist"])
        #expect(labels(data, user: 0) == ["F", "Under 18", "writer"])
        #expect(labels(data, user: 1) == ["M", "56+", "artist"])
    }

    @Test("the CSV layout takes CR LF, quoted titles, year ranges and no genres")
    func csv() throws {
        let (data, report) = try read("csv-good")
        #expect(report.format == .movieLensCSV)
        #expect(data.items.items.map(\.title) == ["Alpha, The (1990)", "\"Beta\" (2006–2007)"])
        #expect(data.items.items.map(\.year) == [1_990, 2_006])
        #expect(data.items.items.map(\.genres) == [["Drama", "Comedy"], []])
        #expect(data.users.ids.map(\.token) == ["1", "2"])
        #expect(data.ratings.users == [1, 0])
        #expect(data.ratings.values == [0.5, 4.5])
    }

    @Test("RecBole's layout takes any identifiers, typed columns and numbers written as floats")
    func recBole() throws {
        let (data, report) = try read("recbole-good")
        #expect(report.format == .recBole)
        #expect(data.users.ids.map(\.token) == ["u_a", "u_b"])
        #expect(data.items.items.map(\.id.token) == ["song two", "song one"])
        #expect(data.items.items.map(\.title) == ["Two (1995)", "One"])
        #expect(data.items.items.map(\.genres) == [["Drama", "Comedy"], []])
        #expect(data.items.items.map(\.year) == [1_995, nil])
        #expect(data.users.attributes.map(\.name) == ["gender", "age", "occupation", "country"])
        #expect(labels(data, user: 0) == ["F", "25-34", "K-12 student", "Peru"])
        #expect(data.users.attributes[3].codes == [0, -1])
        #expect(data.ratings.users == [1, 0])
        #expect(data.ratings.items == [1, 0])
        #expect(data.ratings.timestamps == [100, 100])
        #expect(data.scale == RatingScale(minimum: 3.5, maximum: 9))
    }

    @Test("a users.csv beside ratings.csv gives attributes, all but where somebody lives")
    func csvUsers() throws {
        let (data, report) = try read("csv-users")
        #expect(report.format == .movieLensCSV)
        #expect(data.users.ids.map(\.token) == ["1", "2", "3"])
        #expect(data.users.attributes.map(\.name) == ["gender", "plan", "income"])
        #expect(labels(data, user: 0) == ["F", "free, for now", "1200"])
        #expect(data.users.attributes[2].codes == [0, -1, 1])
    }

    @Test("a plain file of tabs keeps identifiers as they are, in the order seen")
    func tabs() throws {
        let (data, report) = try read("plain/tabs.tsv")
        #expect(report.format == .plain)
        #expect(data.name == "tabs.tsv")
        #expect(data.users.ids.map(\.token) == ["alice", "bob"])
        #expect(data.items.items.map(\.title) == ["film one", "film two"])
        #expect(data.ratings.values == [4, 2.5])
        #expect(data.ratings.timestamps == [0, 0])
        #expect(data.scale == RatingScale(minimum: 2.5, maximum: 4))
    }

    @Test("a header may order the columns; a byte order mark, CR LF and a missing end are fine")
    func header() throws {
        let data = try read("plain/bom-crlf.csv").dataset
        #expect(data.users.ids.map(\.token) == ["9", "10"])
        #expect(data.items.items.map(\.id.token) == ["x", "y", "z"])
        #expect(data.ratings.users == [1, 0, 1])
        #expect(data.ratings.values == [4, 5, 1])
    }

    @Test("integer identifiers ascend by value, not by text")
    func numericOrder() throws {
        let data = try read("plain/colons.dat").dataset
        #expect(data.users.ids.map(\.token) == ["9", "10"])
        #expect(data.items.items.map(\.id.token) == ["b", "a"])
    }

    @Test("quoted fields of a plain file may hold commas and quotes")
    func quoted() throws {
        let data = try read("plain/quoted.csv").dataset
        #expect(data.users.ids.map(\.token) == ["user1", "a,b"])
        #expect(data.items.items.map(\.id.token) == ["i", "c \"d\""])
    }

    @Test("training and test files share users and items, and shared pairs are counted")
    func joint() throws {
        let joint = try RatingFileReader.read([
            TestFiles.path("plain/train.csv"), TestFiles.path("plain/test.csv"),
        ])
        #expect(joint.users.ids.map(\.token) == ["9", "10"])
        #expect(joint.items.items.map(\.id.token) == ["b", "a", "c"])
        #expect(joint.parts.map(\.users) == [[1, 0], [0, 1]])
        #expect(joint.parts.map(\.items) == [[0, 1], [2, 0]])
        #expect(joint.parts.map(\.values) == [[4, 5], [2, 1]])
        #expect(joint.scale == RatingScale(minimum: 1, maximum: 5))
        #expect(joint.sharedPairCount == 1)
        #expect(joint.report.ratingLineCount == 4)
        #expect(joint.report.repeatedCount == 0)
    }

    @Test("a file read against a data set uses its numbers and refuses what it lacks")
    func against() throws {
        let data = try read("dat-good").dataset
        let ratings = try RatingFileReader.read(
            TestFiles.path("dat-good/ratings.dat"), against: data
        ).ratings
        #expect(ratings == data.ratings)
        let error = #expect(throws: ReadError.self) {
            try RatingFileReader.read(TestFiles.path("plain/train.csv"), against: data)
        }
        #expect(
            error?.description.contains(
                "train.csv:1: unknown user: found “10”, expected an identifier listed in "
                    + "the users of dat-good") == true)
    }
}

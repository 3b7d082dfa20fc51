// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What reading an entry of the folder of bad files must say.
struct Complaint: Sendable, CustomTestStringConvertible {
    /// The entry's name in the folder.
    let name: String
    /// The whole message, for a bad line without the advice at its end.
    let message: String

    var testDescription: String { name }

    init(_ name: String, _ message: String) {
        self.name = name
        self.message = message
    }

    init(_ name: String, at place: String, _ problem: String, found: String, expected: String) {
        self.init(name, "\(place): \(problem): found “\(found)”, expected \(expected)")
    }

    private static let x80 = String(repeating: "x", count: 80)
    private static let n80 = String(repeating: "9", count: 80)

    static let badLines: [Complaint] = [
        Complaint(
            "dat-few-fields",
            at: "dat-few-fields/ratings.dat:2", "wrong number of fields",
            found: "1::20::3",
            expected: "4 fields: user::item::rating::timestamp"),
        Complaint(
            "dat-rating-word",
            at: "dat-rating-word/ratings.dat:1", "rating is not a number",
            found: "five",
            expected: "a decimal number, as in 4 or 3.5"),
        Complaint(
            "dat-rating-nan",
            at: "dat-rating-nan/ratings.dat:1", "rating is not a number",
            found: "nan",
            expected: "a decimal number, as in 4 or 3.5"),
        Complaint(
            "dat-rating-off-scale",
            at: "dat-rating-off-scale/ratings.dat:2", "rating off the scale",
            found: "6",
            expected: "1.0 to 5.0"),
        Complaint(
            "dat-time-word",
            at: "dat-time-word/ratings.dat:1", "timestamp is not a number",
            found: "today",
            expected: "seconds since 1970, as in 978300760"),
        Complaint(
            "dat-unknown-movie",
            at: "dat-unknown-movie/ratings.dat:2", "unknown item",
            found: "99",
            expected: "an identifier listed in dat-unknown-movie/movies.dat"),
        Complaint(
            "dat-unknown-user",
            at: "dat-unknown-user/ratings.dat:1", "unknown user",
            found: "7",
            expected: "an identifier listed in dat-unknown-user/users.dat"),
        Complaint(
            "dat-nul",
            at: "dat-nul/ratings.dat:2", "NUL byte",
            found: "1::20::\\x00::101",
            expected: "text"),
        Complaint(
            "dat-blank-line",
            at: "dat-blank-line/ratings.dat:2", "wrong number of fields",
            found: "",
            expected: "4 fields: user::item::rating::timestamp"),
        Complaint(
            "dat-movie-twice",
            at: "dat-movie-twice/movies.dat:3", "identifier listed twice",
            found: "10",
            expected: "every item once"),
        Complaint(
            "dat-bad-gender",
            at: "dat-bad-gender/users.dat:1", "unknown attribute value",
            found: "X",
            expected: "gender F or M"),
        Complaint(
            "dat-bad-age",
            at: "dat-bad-age/users.dat:1", "unknown attribute value",
            found: "17",
            expected: "age 1, 18, 25, 35, 45, 50 or 56"),
        Complaint(
            "100k-bad-flag",
            at: "100k-bad-flag/u.item:1", "unknown attribute value",
            found: "x",
            expected: "0 or 1 for the genre Action"),
        Complaint(
            "100k-bad-genre-number",
            at: "100k-bad-genre-number/u.genre:2", "unknown attribute value",
            found: "2",
            expected: "the genre number 1"),
        Complaint(
            "csv-off-scale",
            at: "csv-off-scale/ratings.csv:2", "rating off the scale",
            found: "0",
            expected: "0.5 to 5.0"),
        Complaint(
            "csv-open-quote",
            at: "csv-open-quote/movies.csv:2", "broken quoting",
            found: "10,\"Alpha,Drama",
            expected: "a closing quote in the same line"),
        Complaint(
            "csv-not-utf8",
            at: "csv-not-utf8/movies.csv:2", "invalid UTF-8",
            found: "Mis\u{FFFD}rables",
            expected: "UTF-8 text; convert the file with 'iconv -f LATIN1 -t UTF-8'"),
        Complaint(
            "plain/changing-width.csv",
            at: "plain/changing-width.csv:2", "wrong number of fields",
            found: "1,11,4",
            expected: "4 fields: user,item,rating,timestamp"),
        Complaint(
            "plain/not-utf8.csv",
            at: "plain/not-utf8.csv:2", "invalid UTF-8",
            found: "caf\u{FFFD}",
            expected: "UTF-8 text; convert the file with 'iconv -f LATIN1 -t UTF-8'"),
        Complaint(
            "plain/long-identifier.csv",
            at: "plain/long-identifier.csv:2", "invalid identifier",
            found: "\(x80)…",
            expected: "an identifier of 1 to 128 bytes without control characters"),
        Complaint(
            "plain/empty-identifier.csv",
            at: "plain/empty-identifier.csv:2", "invalid identifier",
            found: "",
            expected: "an identifier of 1 to 128 bytes without control characters"),
        Complaint(
            "plain/long-line.csv",
            at: "plain/long-line.csv:2", "line too long",
            found: "\(n80)…",
            expected: "at most 16384 bytes in a line"),
        Complaint(
            "plain/quote-tail.csv",
            at: "plain/quote-tail.csv:2", "broken quoting",
            found: "\"a\"b,c,3",
            expected: "a comma or the line's end after a quoted field"),
        Complaint(
            "plain/infinite.csv",
            at: "plain/infinite.csv:2", "rating is not a number",
            found: "1e60",
            expected: "a decimal number, as in 4 or 3.5"),
    ]

    static let unusable: [Complaint] = [
        Complaint(
            "absent",
            """
            absent: no such file or folder; check the path, or get data with 'candord \
            fetch ml-1m'
            """),
        Complaint(
            "dat-empty",
            """
            dat-empty/ratings.dat: the file is empty; get the data again, or name \
            another file
            """),
        Complaint(
            "dat-no-movies",
            """
            dat-no-movies/movies.dat: no such file, but ratings.dat beside it needs it; \
            to read the ratings alone, name ratings.dat itself
            """),
        Complaint(
            "100k-no-users",
            """
            100k-no-users/u.user: no such file, but u.data beside it needs it; to read \
            the ratings alone, name u.data itself
            """),
        Complaint(
            "unrecognised",
            """
            unrecognised: no known data set: found notes.txt; expected ratings.dat and \
            movies.dat, or u.data and u.item, or ratings.csv and movies.csv, or one \
            .inter file; name the folder that holds them, or a single ratings file
            """),
        Complaint(
            "two-formats",
            """
            two-formats: several ratings files: ratings.csv, ratings.dat; name one of \
            them, or move the others away
            """),
        Complaint(
            "recbole-two",
            """
            recbole-two: several ratings files: a.inter, b.inter; name one of them, or \
            move the others away
            """),
        Complaint(
            "csv-header",
            """
            csv-header/ratings.csv:1: wrong header: found “user;movie”, expected \
            userId,movieId,rating,timestamp
            """),
        Complaint(
            "recbole-no-rating",
            """
            recbole-no-rating/tiny.inter:1: wrong header: found \
            “user_id:token\\x09item_id:token”, expected at least user_id:token, \
            item_id:token and rating:float between tabs
            """),
        Complaint(
            "plain/no-header-match.csv",
            """
            plain/no-header-match.csv:1: wrong header: found “who,what,how”, expected \
            user, item, rating and optionally timestamp with commas, tabs or '::' \
            between them, or their names
            """),
        Complaint(
            "plain/one-field.csv",
            """
            plain/one-field.csv:1: wrong header: found “hello”, expected user, item, \
            rating and optionally timestamp with commas, tabs or '::' between them, or \
            their names
            """),
        Complaint(
            "plain/utf16.csv",
            """
            plain/utf16.csv: the file is UTF-16; convert it with 'iconv -f UTF-16 -t \
            UTF-8'
            """),
    ]
}

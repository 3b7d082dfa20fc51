// SPDX-License-Identifier: GPL-3.0-or-later

/// Rebuilds MovieLens 1M's own files from RecBole's form of them: bytes to bytes.
///
/// In that form users are called `1m_N`, items by their titles, in the order of `movies.dat` but
/// without their numbers, lines end with CR LF and text is UTF-8.
struct RecBoleRebuild {
    /// The movie numbers in the order of the item file's lines.
    let movieIDs: [Int]
    /// Titles by movie number that the item file has wrong.
    let titleCorrections: [Int: String]

    /// The three files of MovieLens 1M.
    struct Files: Equatable {
        var ratings: [UInt8]
        var movies: [UInt8]
        var users: [UInt8]
    }

    /// The numbers of MovieLens 1M: 1…3952 without those that were never used.
    static let movieLens1M = RecBoleRebuild(
        movieIDs: (1...3_952).filter { !unusedMovieIDs.contains($0) },
        titleCorrections: [1_001: "Associate, The (L'Associe)(1982)"])

    private static let unusedMovieIDs: Set<Int> = [
        91, 221, 323, 622, 646, 677, 686, 689, 740, 817, 883, 995, 1_048, 1_072, 1_074, 1_182,
        1_195, 1_229, 1_239, 1_338, 1_402, 1_403, 1_418, 1_435, 1_451, 1_452, 1_469, 1_478, 1_481,
        1_491, 1_492, 1_505, 1_506, 1_512, 1_521, 1_530, 1_536, 1_540, 1_560, 1_576, 1_607, 1_618,
        1_634, 1_637, 1_638, 1_691, 1_700, 1_712, 1_736, 1_737, 1_745, 1_751, 1_761, 1_763, 1_766,
        1_775, 1_778, 1_786, 1_790, 1_800, 1_802, 1_803, 1_808, 1_813, 1_818, 1_823, 1_828, 1_838,
        3_815,
    ]

    /// The original files; whether they are right is for their hashes to say.
    func files(inter: [UInt8], item: [UInt8], user: [UInt8]) throws(FetchError) -> Files {
        var files = Files(ratings: [], movies: [], users: [])
        files.ratings.reserveCapacity(inter.count)
        let numbers = try movies(item, into: &files.movies)
        try forEachRow(inter, name: ".inter", columns: 4) { fields throws(FetchError) in
            guard let number = numbers[String(decoding: fields[1], as: UTF8.self)] else {
                throw .unexpectedLayout(
                    file: ".inter", reason: "no item “\(BadLine.excerpt(fields[1]))”")
            }
            append([try userNumber(fields[0]), number, fields[2], fields[3]], to: &files.ratings)
        }
        try forEachRow(user, name: ".user", columns: 5) { fields throws(FetchError) in
            append(
                [try userNumber(fields[0]), fields[2], fields[1], fields[3], fields[4]],
                to: &files.users)
        }
        return files
    }

    /// Builds `movies.dat` and returns the number of each item name.
    private func movies(
        _ item: [UInt8], into movies: inout [UInt8]
    ) throws(FetchError) -> [String: ArraySlice<UInt8>] {
        var numbers: [String: ArraySlice<UInt8>] = [:]
        var next = 0
        try forEachRow(item, name: ".item", columns: 4) { fields throws(FetchError) in
            guard next < movieIDs.count else {
                throw .unexpectedLayout(file: ".item", reason: "more than \(movieIDs.count) items")
            }
            let id = movieIDs[next]
            next += 1
            let name = String(decoding: fields[0], as: UTF8.self)
            let number = ArraySlice(String(id).utf8)
            numbers[name] = number
            let title = try latin1(titleCorrections[id] ?? name)
            let genres = fields[3].map { $0 == 0x20 ? 0x7C : $0 }
            append([number, title[...], genres[...]], to: &movies)
        }
        guard next == movieIDs.count && numbers.count == next else {
            throw .unexpectedLayout(
                file: ".item", reason: "\(numbers.count) distinct items, not \(movieIDs.count)")
        }
        return numbers
    }

    private func latin1(_ title: String) throws(FetchError) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in title.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else {
                throw .unexpectedLayout(file: ".item", reason: "“\(title)” is not Latin-1")
            }
            bytes.append(byte)
        }
        return bytes
    }

    private func userNumber(_ name: ArraySlice<UInt8>) throws(FetchError) -> ArraySlice<UInt8> {
        guard name.starts(with: "1m_".utf8) else {
            throw .unexpectedLayout(
                file: ".inter or .user", reason: "no user name 1m_N: “\(BadLine.excerpt(name))”")
        }
        return name.dropFirst(3)
    }

    private func append(_ fields: [ArraySlice<UInt8>], to bytes: inout [UInt8]) {
        for (position, field) in fields.enumerated() {
            if position > 0 { bytes += [0x3A, 0x3A] }
            bytes += field
        }
        bytes.append(0x0A)
    }

    /// Calls `body` with the tab-separated fields of each line after the first.
    private func forEachRow(
        _ bytes: [UInt8], name: String, columns: Int,
        _ body: ([ArraySlice<UInt8>]) throws(FetchError) -> Void
    ) throws(FetchError) {
        var start = bytes.startIndex
        var line = 0
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            line += 1
            if line > 1 {
                let row = bytes[start..<end]
                let fields = (row.last == 0x0D ? row.dropLast() : row)
                    .split(separator: 0x09, omittingEmptySubsequences: false)
                guard fields.count == columns else {
                    throw .unexpectedLayout(
                        file: name,
                        reason: "line \(line) has \(fields.count) fields, not \(columns)")
                }
                try body(fields)
            }
            start = end + 1
        }
    }
}

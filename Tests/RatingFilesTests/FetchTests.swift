// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import RatingFiles

@Suite("Fetching")
struct FetchTests {
    private let rebuild = RecBoleRebuild(
        movieIDs: [1, 3], titleCorrections: [3: "Beta, The (L'Autre)(1991)"])
    private let item =
        "item_id:token\tmovie_title:token\trelease_year:float\tgenre:token\r\n"
        + "Misérables (1990)\tMisérables\t1990\tDrama War\r\nBeta (1991)\tBeta\t1991\tSci-Fi\r\n"
    private let inter =
        "user_id:token\titem_id:token\trating:float\ttimestamp:float\r\n"
        + "1m_2\tBeta (1991)\t5\t100\r\n1m_1\tMisérables (1990)\t3\t90\r\n"
    private let user =
        "user_id:token\tage:float\tgender:token\toccupation:float\tzip_code:token\r\n"
        + "1m_1\t25\tF\t10\t01234\r\n1m_2\t56\tM\t0\t99999-1\r\n"

    @Test("the original files are rebuilt from RecBole's, byte for byte")
    func rebuilt() throws {
        let files = try rebuild.files(
            inter: Array(inter.utf8), item: Array(item.utf8), user: Array(user.utf8))
        #expect(String(decoding: files.ratings, as: UTF8.self) == "2::3::5::100\n1::1::3::90\n")
        #expect(
            String(decoding: files.users, as: UTF8.self)
                == "1::F::25::10::01234\n2::M::56::0::99999-1\n")
        let movies =
            [UInt8]("1::Mis".utf8) + [0xE9]
            + [UInt8]("rables (1990)::Drama|War\n3::Beta, The (L'Autre)(1991)::Sci-Fi\n".utf8)
        #expect(files.movies == movies)
    }

    @Test("a rebuild refuses files that are not laid out as known")
    func refused() {
        func reason(inter: String? = nil, item: String? = nil, user: String? = nil) -> String? {
            do throws(FetchError) {
                _ = try rebuild.files(
                    inter: Array((inter ?? self.inter).utf8), item: Array((item ?? self.item).utf8),
                    user: Array((user ?? self.user).utf8))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            reason(inter: inter + "1m_1\tGamma (1992)\t1\t1\r\n")
                == ".inter: no item “Gamma (1992)”; the file was not installed")
        #expect(
            reason(inter: inter + "1\tBeta (1991)\t1\t1\r\n")
                == ".inter or .user: no user name 1m_N: “1”; the file was not installed")
        #expect(
            reason(item: item + "Gamma (1992)\tGamma\t1992\tWar\r\n")
                == ".item: more than 2 items; the file was not installed")
        #expect(
            reason(item: item.replacingOccurrences(of: "\t1991", with: ""))
                == ".item: line 3 has 3 fields, not 4; the file was not installed")
        #expect(
            reason(item: item.split(separator: "\r\n").dropLast().joined(separator: "\r\n"))
                == ".item: 1 distinct items, not 2; the file was not installed")
        #expect(
            reason(user: user + "1m_3\tx\r\n")
                == ".user: line 4 has 2 fields, not 5; the file was not installed")
    }

    @Test("MovieLens 1M has 3,883 movie numbers up to 3952")
    func movieNumbers() {
        let ids = RecBoleRebuild.movieLens1M.movieIDs
        #expect(ids.count == 3_883)
        #expect(ids.first == 1)
        #expect(ids.last == 3_952)
        #expect(!ids.contains(91))
    }

    @Test("contents with another hash are refused and say so")
    func wrongContents() {
        let file = PublishedFile(name: "a.dat", sha256: String(repeating: "0", count: 64))
        let found = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(
            throws: FetchError.wrongContents(file: "a.dat", found: found, expected: file.sha256)
        ) { try file.verify([]) }
        #expect(ContentHash.sha256(Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea414140de5dae2223"))
    }

    @Test("a folder with something else in it is not taken for the data and not touched")
    func occupied() throws {
        try TestFiles.withTemporaryFolder { folder in
            let target = folder + "/ml-1m"
            try FileManager.default.createDirectory(
                atPath: target, withIntermediateDirectories: false)
            let fetch = DatasetFetch(into: folder) { _ in }
            #expect(throws: FetchError.occupied(path: target)) {
                try fetch.fetch(.movieLens1M)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left == ["ml-1m"])
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension JournalConnection {
    /// Takes all entries of `user` away and notes that the user is being forgotten, in one
    /// transaction; durable on return.
    ///
    /// Entries keep their places, so that sequences stay without gaps, and lose everything else.
    /// Their bytes may linger in the file until `finishForgetting`. O(entries).
    ///
    /// - Returns: How many entries were taken away.
    func beginForgetting(_ user: UserID) throws(JournalError) -> Int {
        try transaction("forget a user in") { () throws(DatabaseError) in
            try database.execute(JournalSchema.forgettingCreation)
            let note = try database.prepare(JournalSchema.forgettingInsertion)
            try note.bind(user.token, at: 1)
            _ = try note.step()
            let sequences = try sequences(of: user)
            let erasure = try database.prepare(JournalSchema.erasure)
            for sequence in sequences {
                erasure.reset()
                try erasure.bind(sequence, at: 1)
                try erasure.bind(JournalEntry.erasedChecksum(sequence), at: 2)
                _ = try erasure.step()
            }
            try database.execute(JournalSchema.versionWithErasures)
            return sequences.count
        }
    }

    /// The sequences of all entries of `user`, in whichever spelling of the identifier.
    private func sequences(of user: UserID) throws(DatabaseError) -> [Int64] {
        let users = try database.prepare(JournalSchema.users)
        var sequences: [Int64] = []
        while try users.step() {
            if UserID(users.text(1)) == user { sequences.append(users.integer(0)) }
        }
        return sequences
    }

    /// The users whose forgetting has begun and not ended.
    func unfinishedForgetting() throws(JournalError) -> (users: [UserID], isAny: Bool) {
        try JournalError.translating("read", path) { () throws(DatabaseError) in
            guard try database.integer(JournalSchema.hasForgetting) ?? 0 > 0 else {
                return ([], false)
            }
            let rows = try database.prepare(JournalSchema.forgettingUsers)
            var users: [UserID] = []
            var isAny = false
            while try rows.step() {
                isAny = true
                if let user = UserID(rows.text(0)) { users.append(user) }
            }
            return (users, isAny)
        }
    }

    /// Overwrites whatever the file still has of entries that were taken away; durable on return.
    ///
    /// The file is built anew from what counts, because SQLite leaves copies of moved rows behind in
    /// its pages. O(entries), and room for a second copy meanwhile.
    func finishForgetting() throws(JournalError) {
        try transaction("forget a user in") { () throws(DatabaseError) in
            try database.execute(JournalSchema.forgettingAnonymised)
        }
        try JournalError.translating("build anew", path) { () throws(DatabaseError) in
            try database.execute("VACUUM")
            try database.checkpoint()
            // Last, because until here a crash must lead to another attempt.
            try database.execute(JournalSchema.forgettingEnd)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

extension JournalError {
    /// What a failed database call means for the journal at `path`.
    init(_ error: DatabaseError, operation: String, path: String) {
        if error.isDiskFull {
            self = .diskFull(path: path, detail: error.detail)
        } else if error.isBusy {
            self = .inUse(path: path)
        } else if error.isCorrupt {
            self = .damaged(path: path, detail: error.detail)
        } else {
            self = .failed(operation: operation, path: path, detail: error.detail)
        }
    }

    /// Runs `body` and says of a failure what it means for the journal at `path`.
    static func translating<Value>(
        _ operation: String, _ path: String, _ body: () throws(DatabaseError) -> Value
    ) throws(JournalError) -> Value {
        do throws(DatabaseError) {
            return try body()
        } catch {
            throw JournalError(error, operation: operation, path: path)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// Requests that wait for their turn to be answered, oldest first, numbered without gaps.
struct PendingQueue {
    private var requests: [PendingRequest] = []
    private var headIndex = 0
    /// The number that the next request gets.
    private(set) var nextSequence = 0

    /// How many wait.
    var count: Int { requests.count - headIndex }

    /// Whether none waits.
    var isEmpty: Bool { requests.count == headIndex }

    /// The one that came last.
    var last: PendingRequest? { isEmpty ? nil : requests.last }

    /// The number of the oldest.
    private var headSequence: Int { nextSequence - count }

    /// Gives out a number for a request that is answered at once; only while none waits.
    mutating func skip() {
        precondition(isEmpty, "a request was answered before an older one")
        nextSequence += 1
    }

    /// Adds the newest request.
    mutating func append(_ request: PendingRequest) {
        requests.append(request)
        nextSequence += 1
    }

    /// Whether `sequence` is the oldest and waits for its answer still.
    func isHeadUnanswered(_ sequence: Int) -> Bool {
        !isEmpty && sequence == headSequence && requests[headIndex].answer == nil
    }

    /// The oldest.
    var head: PendingRequest? { isEmpty ? nil : requests[headIndex] }

    /// Changes the request of a number; false when it does not wait any more.
    mutating func update(_ sequence: Int, _ change: (inout PendingRequest) -> Void) -> Bool {
        let offset = sequence - headSequence
        guard (0..<count).contains(offset) else { return false }
        change(&requests[headIndex + offset])
        return true
    }

    /// Takes the oldest if it has its answer.
    mutating func popAnswered() -> PendingRequest? {
        guard let head, head.answer != nil else { return nil }
        headIndex += 1
        if headIndex == requests.count {
            requests.removeAll(keepingCapacity: true)
            headIndex = 0
        } else if headIndex >= requests.count - headIndex {
            requests.removeSubrange(..<headIndex)
            headIndex = 0
        }
        return head
    }
}

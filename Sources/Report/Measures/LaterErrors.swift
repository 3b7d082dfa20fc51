// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// What a model trained on the first part of all ratings is worth on later ones.
public struct LaterErrors: Sendable {
    /// Errors on one later part.
    public struct Part: Sendable, Equatable {
        /// `validation` or `test`.
        public let name: String
        /// Whether the model was told when each rating was given.
        public let isTimed: Bool
        /// The errors, warm and cold users and items apart.
        public let errors: WarmColdErrors
    }

    /// The parts in the order of time; where the model knows of time, each without and with it.
    public let parts: [Part]
    /// What the model tells somebody without ratings.
    public let blank: BlankUser

    /// Measures `head`, which was trained on `parts.train`; nothing of the later ratings is learned,
    /// not even by fold-in.
    public init(
        of head: any LinearHead, on parts: ChronologicalParts, scale: RatingScale, threads: Int
    ) {
        blank = Self.blank(head, parts, scale)
        self.parts = parts.later.flatMap { name, later in
            let plain = Part(
                name: name, isTimed: false,
                errors: Self.errors(head, parts.train, later, scale, threads))
            guard let timed = head as? any TimedHead else { return [plain] }
            return [
                plain,
                Part(
                    name: name, isTimed: true,
                    errors: Self.errors(atTimes: timed, parts.train, later, scale, threads)),
            ]
        }
    }

    /// The errors on the part called `name`, with times or without.
    public func errors(on name: String, timed: Bool) -> WarmColdErrors? {
        parts.first { $0.name == name && $0.isTimed == timed }?.errors
    }

    private static func blank(
        _ head: some LinearHead, _ parts: ChronologicalParts, _ scale: RatingScale
    ) -> BlankUser {
        BlankUser(of: head, train: parts.train, scale: scale)
    }

    private static func errors(
        _ head: some LinearHead, _ train: RatingMatrix, _ later: RatingMatrix,
        _ scale: RatingScale, _ threads: Int
    ) -> WarmColdErrors {
        WarmColdErrors(of: head, train: train, test: later, scale: scale, threads: threads)
    }

    private static func errors(
        atTimes head: some TimedHead, _ train: RatingMatrix, _ later: RatingMatrix,
        _ scale: RatingScale, _ threads: Int
    ) -> WarmColdErrors {
        WarmColdErrors(atTimes: head, train: train, test: later, scale: scale, threads: threads)
    }
}

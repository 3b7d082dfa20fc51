// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: attributes as an input")
struct EngineDemographicsTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness(PlantedGeneration.train(Self.data), threads: 2) }

    /// The planted data with an age beside the gender; the user without ratings has told both.
    private static let data: Dataset = {
        let planted = PlantedData.dataset()
        let codes = planted.users.ids.indices.map { Int32($0 % 3 / 2) }
        let users = UserTable(
            planted.users.ids,
            attributes: [
                UserAttribute(
                    name: "gender", categories: ["F", "M"],
                    codes: planted.users.attributes[0].codes.map { max($0, 0) }),
                UserAttribute(name: "age", categories: ["young", "old"], codes: codes),
            ])
        return Dataset(
            name: planted.name, isSynthetic: true, users: users, items: planted.items,
            ratings: planted.ratings, scale: planted.scale)
    }()

    @Test("a retrain names what it was given, is reproducible, and the next one is without again")
    func retrains() throws {
        let plain = try harness.reply("RETRAIN force")
        #expect(plain["demographics"] == nil)
        #expect(try harness.info("demographics") == .text("none"))
        let line = "RETRAIN demographics=Gender,age"
        let first = try harness.reply(line)
        #expect(first["demographics"] == .text("age,gender"))
        #expect(first["hash"] != plain["hash"])
        #expect(try harness.info("demographics") == .text("age,gender"))
        #expect(try harness.reply("RETRAIN demographics=age,gender")["state"] == .text("unchanged"))
        #expect(try harness.reply(line + " threads=1 force")["hash"] == first["hash"])
        let number = harness.engine.generation
        #expect(try harness.reply("REPRODUCE \(number)")["reproduced"] == .flag(true))
        #expect(try harness.reply("RETRAIN rating=fast demographics=age")["hash"] != plain["hash"])
        #expect(try harness.reply("RETRAIN rating=bayes")["demographics"] == nil)
    }

    @Test("explanations have a line for each attribute and add up, also without any rating")
    func explains() throws {
        try harness.reply("RETRAIN demographics=gender,age")
        for user in ["u01", "u02", "nobody"] {
            for item in ["i1", "i2", "unseen"] {
                let told = try harness.reply("EXPLAIN \(user) \(item) head=rating top=3")
                let score = try #require(told["score"]?.double)
                #expect(told["score"] == (try harness.reply("PREDICT \(user) \(item)"))["score"])
                #expect(abs(told.numbers("share").reduce(0, +) - score) < 1e-9)
                let lines = zip(told.texts("line"), told.texts("title"))
                    .filter { $0.0 == "attribute" }.map(\.1)
                #expect(lines.count == 2)
                #expect(lines.first?.hasPrefix("gender=") == true)
                #expect(lines.last?.hasPrefix("age=") == true)
            }
        }
        let item = "EXPLAIN u01 i2 head=ranking"
        #expect(try !harness.reply(item).texts("line").contains("attribute"))
        #expect(try harness.refusal(of: "EXPLAIN nobody i2 head=ranking") == .noHistory)
        let moved = try harness.reply("PREDICT nobody i3")["score"]
        #expect(try harness.reply("PREDICT somebody i3")["score"] != moved)
    }

    @Test("a new user has told nothing and gets what the average user of these ratings gets")
    func newcomer() throws {
        try harness.reply("RETRAIN demographics=gender")
        try harness.reply("RATE newcomer i4 5")
        let told = try harness.reply("EXPLAIN newcomer i2 head=rating")
        #expect(!told.texts("line").contains("attribute"))
        let predicted = try harness.reply("PREDICT newcomer i2")["score"]
        try harness.reply("RETRAIN")
        try harness.reply("UNRATE newcomer i4")
        try harness.reply("RATE newcomer i4 5")
        try harness.reply("RATE other i4 5")
        #expect(predicted != nil)
        #expect(
            try harness.reply("PREDICT other i2")["score"]
                == harness.reply("PREDICT newcomer i2")["score"])
    }

    @Test("what cannot be an input is refused before anything is trained, and says what can")
    func refusals() throws {
        for (line, code) in [
            ("RETRAIN demographics=shoes", WireCode.unknownAttribute),
            ("RETRAIN demographics=gender,shoes", .unknownAttribute),
            ("RETRAIN demographics=gender rating=biases", .badValue),
            ("RETRAIN demographics=gender rating=svd-mean", .badValue),
            ("RETRAIN demographics=gender mitigate=erase attribute=gender", .badValue),
            ("RETRAIN demographics=age mitigate=erase attribute=gender", .badValue),
        ] {
            #expect(try harness.refusal(of: line) == code, "\(line)")
        }
        #expect(harness.engine.generation == 1)
        guard case .failure(let error) = try harness.ask("RETRAIN demographics=shoes").response
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(error.message.contains("gender, age"))
        try harness.reply("RETRAIN demographics=age mitigate=reweight attribute=gender")
        #expect(try harness.refusal(of: "AUDIT frontier erase by=gender") == .badValue)
    }

    @Test("every audit of a generation with inputs names them, and one without does not")
    func audits() throws {
        let (audit, difference) = ("AUDIT by=gender resamples=100", "AUDIT diff 1 2 resamples=100")
        #expect(try harness.reply(audit)["note"] == nil)
        try harness.reply("RETRAIN demographics=gender,age")
        #expect(
            try harness.reply(audit)["note"]
                == .text("age and gender are inputs of the rating model"))
        #expect(
            try harness.reply(difference)["note"]
                == .text("generation 2: age and gender are inputs of the rating model"))
        #expect(
            try harness.reply("DIFF 1 2")["note"]
                == .text("generation 2: age and gender are inputs of the rating model"))
        try harness.reply("RETRAIN demographics=gender ranking=rating")
        #expect(
            try harness.reply(audit)["note"]
                == .text("gender is an input of the rating model, which also ranks"))
    }

    @Test("reports say what the model is given, and those without inputs say there are none")
    func reports() throws {
        func page() throws -> String {
            try harness.reply("REPORT").texts("text").joined(separator: "\n")
        }
        #expect(try page().contains("never an input of a score"))
        try harness.reply("RETRAIN demographics=gender,age")
        let given = try page()
        #expect(given.contains("Inputs of the rating model"))
        #expect(given.contains("an input of the rating model"))
        #expect(!given.contains("scores never see them"))
        #expect(!given.contains("attributes of users, clicks, place and device are not inputs"))
    }

    @Test("facts name the attributes, their text is supported, and no claim is false")
    func claims() throws {
        try harness.reply("RETRAIN demographics=gender,age")
        for user in ["u01", "u04", "nobody"] {
            for head in ["rating", "ranking"] {
                let claims = try harness.reply("FACTS \(user) i2 head=\(head)")
                let used = claims.rows.first { $0[2] == .text("uses age, gender or occupation") }
                #expect(used?[3] == .flag(true))
                let shares = claims.texts("subject").filter { $0.hasPrefix("attribute ") }
                #expect(shares.count == (head == "rating" ? 2 : 0))
                let text = try harness.reply("FACTS \(user) i2 head=\(head) form=text")
                    .texts("text").joined(separator: " ")
                let checked = try harness.reply("VERIFY \(user) i2 head=\(head) \(text)")
                #expect(Set(checked.texts("mark")) == ["supported"], "\(text)")
            }
        }
        for text in [
            "Your gender was not used.", "None of this is based on your age.",
            "No demographics are used.", "This is what is expected of anybody.",
        ] {
            let checked = try harness.reply("VERIFY nobody i2 \(text)")
            #expect(!checked.texts("mark").contains("supported"), "\(text)")
        }
        try harness.reply("RETRAIN")
        let checked = try harness.reply("VERIFY u01 i2 Your gender was not used.")
        #expect(checked.texts("mark") == ["supported"])
    }

    @Test("counterfactuals keep what the attributes say: each is what solving again gives")
    func counterfactuals() throws {
        try harness.reply("RETRAIN demographics=gender,age")
        let told = try harness.reply("EXPLAIN u03 i2 head=rating top=20")
        let score = try #require(told["score"]?.double)
        let items = zip(told.texts("line"), told.texts("item")).filter { $0.0 == "share" }
        let effects = zip(told.texts("line"), told.numbers("effect")).filter { $0.0 == "share" }
        for ((_, item), (_, effect)) in zip(items, effects).prefix(4) {
            let left = try harness.reply("EXPLAIN u03 i2 head=rating without=\(item)")
            let without = try #require(left["score"]?.double)
            #expect(abs(without - score - effect) < 1e-9)
            #expect(abs(left.numbers("share").reduce(0, +) - without) < 1e-9)
            #expect(left.texts("line").count { $0 == "attribute" } == 2)
        }
        #expect(try harness.reply("FLIP u03 head=rating")["size"] != nil)
        #expect(try harness.reply("WHYNOT u03 i2 head=rating")["rank"] != nil)
    }

    @Test("what is held of a user tells of the inputs, and forgetting takes them out")
    func rights() throws {
        try harness.reply("RETRAIN demographics=gender,age")
        let held = try harness.reply("EXPORT user u05")
        #expect(held.texts("value").contains("age and gender are inputs of the rating model"))
        let other = try harness.reply("PREDICT u06 i1")["score"]
        let gone = try harness.reply("FORGET u05")
        #expect(gone.texts("place").contains("generation 2 attributes"))
        #expect(!gone.texts("place").contains("generation 1 attributes"))
        #expect(try harness.reply("PREDICT u06 i1")["score"] == other)
        #expect(
            try harness.reply("PREDICT u05 i1")["score"]
                == harness.reply("PREDICT somebody i1")["score"])
    }

    @Test("a generation with inputs is served again after a restart")
    func restart() throws {
        let scratch: ScratchDirectory
        let before: [UInt8]
        let lines = ["PREDICT u05 i1", "PREDICT nobody i1", "EXPLAIN u05 i2 head=rating", "INFO"]
        do {
            let harness = try EngineHarness(PlantedGeneration.train(Self.data))
            try harness.reply("RETRAIN demographics=gender")
            before = try harness.bytes(lines)
            scratch = harness.scratch
        }
        let again = try EngineHarness(reopening: scratch)
        #expect(try again.bytes(lines) == before)
    }
}

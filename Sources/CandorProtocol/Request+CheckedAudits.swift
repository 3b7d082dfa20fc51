// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests that audit.
extension Request {
    static func audit(_ arguments: CheckedArguments) throws(WireError) -> Request {
        let options = Request.AuditOptions(
            attribute: arguments["by"] == nil ? nil : arguments.text("by"),
            section: arguments["section"] == nil ? Default.section : arguments.text("section"),
            resamples: arguments.integer("resamples") ?? Default.resamples,
            seed: arguments.integer("seed") ?? Default.seed)
        let what: String? = arguments["what"] == nil ? nil : arguments.text("what")
        guard what == "frontier" || arguments["points"] == nil else {
            throw WireError(
                .unknownOption, "points= is for AUDIT frontier; leave it out")
        }
        guard let what else {
            guard options.section != "balanced" || options.attribute != nil else {
                throw WireError(
                    .badValue,
                    "section=balanced needs by=: it retrains on as many users of each group")
            }
            return .audit(options)
        }
        guard arguments["section"] == nil else {
            throw WireError(
                .unknownOption, "section= is for AUDIT alone; leave it out of AUDIT \(what)")
        }
        guard what == "diff" else { return try frontier(arguments, options) }
        return .auditDifference(
            from: try generation("first", arguments), to: try generation("second", arguments),
            options)
    }

    private static func generation(
        _ name: String, _ arguments: CheckedArguments
    ) throws(WireError) -> Int {
        guard arguments[name] != nil else {
            throw WireError(
                .wrongArguments,
                "AUDIT diff takes the numbers of two generations, which GENERATIONS lists; usage: "
                    + "AUDIT diff <first> <second>")
        }
        let text = arguments.text(name)
        guard case .integer(let number)? = ArgumentKind.integer(1...Int.max).value(of: text) else {
            throw WireError(
                .badValue,
                "\(name) cannot be \(Quoting.excerpt(text)): it takes a generation's number")
        }
        return number
    }

    private static func frontier(
        _ arguments: CheckedArguments, _ options: AuditOptions
    ) throws(WireError) -> Request {
        let methods = AuditOptions.methods.joined(separator: ", ")
        guard arguments["first"] != nil, arguments["second"] == nil else {
            throw WireError(
                .wrongArguments,
                "AUDIT frontier takes one mitigation, of \(methods); usage: "
                    + "AUDIT frontier <mitigation> by=<attribute>")
        }
        let method = arguments.text("first").lowercased()
        guard AuditOptions.methods.contains(method) else {
            throw WireError(
                .badValue,
                "no mitigation is called \(Quoting.excerpt(method)); there are \(methods)")
        }
        guard options.attribute != nil else {
            throw WireError(
                .badValue, "AUDIT frontier needs by=, whose groups are meant, as in by=gender")
        }
        return .auditFrontier(
            method: method, points: arguments.integer("points") ?? Default.points, options)
    }
}

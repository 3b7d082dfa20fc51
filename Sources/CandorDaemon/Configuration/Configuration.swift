// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The settings a daemon runs with: the file's, over them the environment's, over them the flags'.
public struct Configuration: Sendable, Equatable {
    /// One entry per setting that has a value, the winning one.
    private var values: [Setting: SettingEntry]

    /// Joins the three layers.
    ///
    /// `file` is the configuration file's bytes, if there is one, and `path` what to call it;
    /// variables of `environment` that do not begin with `CANDORD_` are not looked at. Throws every
    /// problem of every layer, also of values that a higher layer overrides, because they would
    /// surface later.
    public init(
        file: [UInt8]? = nil, path: String = "", environment: [String: String] = [:],
        flags: [(Setting, String)] = []
    ) throws(ConfigurationProblems) {
        var problems: [ConfigurationProblem] = []
        var entries = Self.standards
        if let file {
            let read = ConfigurationFile(file, path: path)
            entries += read.entries
            problems += read.problems
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(Setting.environmentPrefix) {
            let origin = SettingOrigin.environment(name)
            if let setting = Setting.named(environment: name) {
                entries.append(SettingEntry(setting: setting, value: value, origin: origin))
            } else {
                problems.append(
                    ConfigurationProblem(origin: origin, message: Self.unknown(variable: name)))
            }
        }
        entries += flags.map {
            SettingEntry(setting: $0, value: $1, origin: .flag("--" + $0.name))
        }
        problems += entries.compactMap { entry in
            entry.setting.kind.problem(with: entry.value).map {
                ConfigurationProblem(
                    origin: entry.origin, message: "\(entry.setting.name): \($0)")
            }
        }
        guard problems.isEmpty else {
            throw ConfigurationProblems(problems: problems.sorted { Self.line($0) < Self.line($1) })
        }
        values = Dictionary(entries.map { ($0.setting, $0) }) { $1 }
    }

    /// The configuration where nothing is said.
    public static let standard = Configuration()

    private init() {
        values = Dictionary(uniqueKeysWithValues: Self.standards.map { ($0.setting, $0) })
    }

    /// The winning entry of a setting, or nil when it has no value.
    public func entry(_ setting: Setting) -> SettingEntry? { values[setting] }

    /// The value as written, or nil.
    public func text(_ setting: Setting) -> String? { values[setting]?.value }

    /// The number that a setting of kind `integer` has.
    public func integer(_ setting: Setting) -> Int? { text(setting).flatMap { Int($0) } }

    /// The seconds that a setting of kind `seconds` has.
    public func seconds(_ setting: Setting) -> Double? { text(setting).flatMap { Double($0) } }

    /// The number that a setting of kind `limit` has; nil: off.
    public func limit(_ setting: Setting) -> Double? { text(setting).flatMap { Double($0) } }

    /// The names that a setting of kind `attributes` has; empty for none.
    public func names(_ setting: Setting) -> [String] {
        text(setting).map(SettingKind.names) ?? []
    }

    /// Whether a setting of kind `flag` is on.
    public func flag(_ setting: Setting) -> Bool {
        text(setting).flatMap(SettingKind.flag) ?? false
    }

    /// The mode that a setting of kind `mode` has.
    public func mode(_ setting: Setting) -> UInt32? { text(setting).flatMap(SettingKind.mode) }

    /// The bounds of serving that follow.
    public var servingOptions: ServingOptions {
        var options = ServingOptions()
        if let count = integer(.connectionsMax) { options.connectionsMax = count }
        if let mebibytes = integer(.keptAnswers) {
            options.keptAnswersBytesMax = mebibytes << 20
        }
        if let count = integer(.connectionsPerPeerMax) { options.connectionsPerPeerMax = count }
        if let count = integer(.pipelinedRequestsMax) {
            options.session.pipelinedRequestsMax = count
        }
        if let count = integer(.outputBytesMax) { options.session.outputBytesMax = count }
        if let seconds = seconds(.idleSeconds) { options.idleSeconds = seconds }
        if let seconds = seconds(.writeSeconds) { options.writeSeconds = seconds }
        if let seconds = seconds(.authenticationSeconds) {
            options.authenticationSeconds = seconds
        }
        if let seconds = seconds(.drainSeconds) { options.drainSeconds = seconds }
        options.roles = peerRoles
        return options
    }

    private var peerRoles: PeerRoles {
        guard let text = text(.roles) else { return .standard }
        do throws(PeerRolesError) {
            return try PeerRoles(text)
        } catch {
            // It was right when it was read: a user or group has gone since, and nobody gets what
            // was meant for somebody else.
            return .nobody
        }
    }

    /// What differs from `other`, in the order of the settings.
    public func changes(since other: Configuration) -> [SettingChange] {
        Setting.allCases.compactMap { setting in
            let (old, new) = (other.text(setting), text(setting))
            return old == new ? nil : SettingChange(setting: setting, old: old, new: new)
        }
    }

    /// This configuration with the values that `other` has for `settings`.
    func keeping(_ settings: [Setting], of other: Configuration) -> Configuration {
        var kept = self
        for setting in settings { kept.values[setting] = other.values[setting] }
        return kept
    }

    private static let standards = Setting.allCases.compactMap { setting in
        setting.standardValue.map {
            SettingEntry(setting: setting, value: $0, origin: .standard)
        }
    }

    private static func unknown(variable: String) -> String {
        let names = Setting.allCases.map(\.environmentName)
        let hint = Nearest.match(for: variable, among: names).map { "did you mean \($0)?" }
        return "no setting has this variable; "
            + (hint ?? "the variables are " + names.joined(separator: ", "))
    }

    /// The line of a problem in the file, so that a file's problems come in its order; other
    /// places come last, in the order they were found.
    private static func line(_ problem: ConfigurationProblem) -> Int {
        if case .file(_, let line) = problem.origin { line } else { .max }
    }
}

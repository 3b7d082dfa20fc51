// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What tuning may change about a model, as its table of options declares it.
struct SearchSpace {
    let model: ModelName
    /// What no trial changes: the model's defaults, or what the command line made of them.
    let base: TrainingSettings

    /// Settings number `trial`: 0 is the base, any other is drawn at random.
    ///
    /// A pure function of (seed, trial), so that more trials extend the same sequence.
    func settings(trial: Int, seed: UInt64) -> TrainingSettings {
        var settings = base
        guard trial > 0 else { return settings }
        let random = CounterRandom(seed: seed, stream: UInt64(trial))
        for (place, (option, range)) in searched.enumerated() {
            let value = range.value(at: random.uniform(UInt64(place)))
            switch option.place {
            case .count(let path): settings[keyPath: path] = Int(value.rounded())
            case .number(let path): settings[keyPath: path] = value
            }
        }
        return settings
    }

    /// The options that are drawn.
    var searched: [(option: ModelOption, range: SearchRange)] {
        ModelOption.options(of: model).compactMap { option in
            guard case .searched(let range) = option.tuning else { return nil }
            return (option, range)
        }
    }

    /// `key=value` of every option that is drawn.
    func words(_ settings: TrainingSettings) -> [String] {
        searched.map { "\($0.option.name)=\(settings.text(of: $0.option))" }
    }

    /// What a command needs to train `settings`: the words of what is drawn, and of all else in which
    /// they differ from the model's defaults.
    func complete(_ settings: TrainingSettings) -> [String] {
        let defaults = TrainingSettings(model)
        let drawn = Set(searched.map(\.option.name))
        return ModelOption.options(of: model).filter {
            drawn.contains($0.name) || settings.text(of: $0) != defaults.text(of: $0)
        }.map { "\($0.name)=\(settings.text(of: $0))" }
    }

    /// The budgets of the rounds, ascending: a ninth, a third and all of the base's, none below the
    /// least; a single 0 for a model without one.
    var budgets: [Int] {
        guard let (path, least) = budgetOption else { return [0] }
        let full = base[keyPath: path]
        let early = [9, 3].map { (full + $0 - 1) / $0 }.filter { $0 >= least && $0 < full }
        return early + [full]
    }

    /// `settings` trained with `budget`.
    func limited(_ settings: TrainingSettings, to budget: Int) -> TrainingSettings {
        guard let (path, _) = budgetOption else { return settings }
        var limited = settings
        limited[keyPath: path] = budget
        return limited
    }

    private var budgetOption: (WritableKeyPath<TrainingSettings, Int>, least: Int)? {
        for option in ModelOption.options(of: model) {
            if case .budget(let least) = option.tuning, case .count(let path) = option.place {
                return (path, least)
            }
        }
        return nil
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// The commented example of a configuration file, rendered from the settings.
public enum ConfigurationExample {
    /// Every setting with what it means; those without a standard value are commented out too.
    ///
    /// Read back as it is, it changes nothing.
    public static var text: String {
        var lines = [
            "# Candor's configuration: name = value, one a line; # begins a comment.",
            "# The environment (CANDORD_SOCKET=…) overrides this file, flags (--socket …) override both.",
            "# `candord check --config FILE` explains every problem. What is commented out is the default,",
            "# or an example where there is none.",
        ]
        for setting in Setting.allCases {
            lines.append("")
            lines += setting.summary.map { "# " + $0 }
            lines.append(
                "# Values: " + setting.kind.expectation.dropFirst("expected ".count)
                    + (setting.isReloadable ? ". RELOAD applies it." : ". Needs a restart."))
            lines.append("#\(setting.name) = \(setting.exampleValue)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

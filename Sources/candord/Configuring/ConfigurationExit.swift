// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// The exit status for a configuration that must be mended by hand (EX_CONFIG of sysexits.h):
/// restarting would not help, and the service manager is told not to try.
enum ConfigurationExit {
    static let code = ExitCode(78)
}

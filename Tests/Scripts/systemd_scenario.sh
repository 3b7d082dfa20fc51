#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What an administrator does with Candor, step by step, under the manager that
# systemd_namespace.sh started. Prints "ok …" or "not ok …" for each step.
set -u

stage=$1
socket=/run/candor/candord.sock
settings=/etc/candor/candord.conf

# Prints the outcome of the command after the first word.
try() {
    what=$1
    shift
    if output=$("$@" 2>&1); then
        printf 'ok %s\n' "$what"
    else
        printf 'not ok %s\n%s\n' "$what" "$output" | head -n 30
    fi
}

refuse() { ! "$@"; }

# Waits, at most 60 s, until the command succeeds.
until_true() {
    for _ in $(seq 300); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.2
    done
    "$@"
}

ask() { candor --socket "$socket" --tsv -c "$1"; }
says() { "$1" "$2" 2>&1 | grep -q -e "$3" || { "$1" "$2"; return 1; }; }
property() { systemctl show "$1" -P "$2"; }
begins() { case $(property "$1" "$2") in "$3"*) ;; *) property "$1" "$2"; return 1 ;; esac; }
has() { [ "$(property "$1" "$2")" = "$3" ] || { property "$1" "$2"; return 1; }; }
pid() { property candord.service MainPID; }
status() { grep -q "$1" "/proc/$(pid)/status" || { cat "/proc/$(pid)/status"; return 1; }; }
restarted_from() { [ "$(pid)" != "$1" ] && [ "$(pid)" != 0 ] && has candord ActiveState active; }

until_true systemctl list-units >/dev/null || { printf 'not ok the manager runs\n'; exit; }
systemctl start systemd-journald.socket systemd-journald.service

# Installing.
try 'the installer says what it would do' sh "$stage/units/install.sh" --dry-run \
    --programs "$stage/programs" install
try 'and does nothing' refuse test -e /etc/systemd/system/candord.service
try 'the installer installs' sh "$stage/units/install.sh" --programs "$stage/programs" install
try 'the group exists' getent group candor
cp -r "$stage/data" /etc/candor/data

# A configuration with problems keeps it from starting, and it is not tried again and again.
printf 'thread = 2\nlog-level = loud\n' >>$settings
systemctl start candord.socket
try 'with problems in the file it does not start' refuse systemctl start candord.service
try 'nor is it tried again' has candord.service ActiveState failed
try 'because the configuration is at fault' has candord.service ExecMainStatus 78
journal() { journalctl -q -u "$1" -o cat; }
try 'the journal has every problem with its line' says journal candord.service 'did you mean threads'
cp "$stage/units/candord.conf" $settings
systemctl reset-failed candord.service
systemctl stop candord.socket

# Serving under the shipped sandbox.
try 'it starts' systemctl enable --now candord.socket candord.service
try 'started means that a generation serves' begins candord.service StatusText 'serving generation 1, trained '
try 'it answers through the socket of systemd' ask PING
try 'it is not root' refuse status '^Uid:.0'
try 'it has no capability' status '^CapEff:.0000000000000000'
try 'it may gain no privilege' status '^NoNewPrivs:.1'
try 'its system calls are filtered' status '^Seccomp:.2'
try 'it has no network' refuse test "$(readlink /proc/1/ns/net)" = "$(readlink "/proc/$(pid)/ns/net")"
warnings() { journalctl -q -u "$1" -p notice -o cat; }
try 'it writes the journal with levels' says warnings candord.service 'SYNTHETIC'
listening() { journalctl -q -u "$1" -p notice -o cat | grep listening; }
try 'and those below a level can be left out' refuse listening candord.service
try 'it audits' ask 'AUDIT resamples=100'

# Reloading.
printf 'drain-seconds = 3\ngenerations-kept = 7\n' >>$settings
try 'RELOAD tells what takes a restart' says ask RELOAD 'generations-kept.*restart'
try 'systemctl reload succeeds' systemctl reload candord.service
printf 'drain-second = 4\n' >>$settings
try 'a file with a problem fails the reload' refuse systemctl reload candord.service
try 'and what serves goes on' ask PING
sed -i '$d' $settings
try 'a mended file is reloaded' systemctl reload candord.service
before=$(journalctl -q -u candord -o cat | grep -c 'configuration has not changed\|restart')
systemctl kill -s HUP candord.service
more() { [ "$(journalctl -q -u candord -o cat | grep -c 'configuration has not changed\|restart')" -gt "$before" ]; }
try 'SIGHUP reloads too and logs what came of it' until_true more

# Restarting and crashing.
try 'a rating is taken' ask 'RATE somebody 1 5'
# From a folder that is there: the tests' own may lie below one that is covered here.
(cd / && exec python3 "$stage/scripts/restart_load.py" "$socket" /run/enough) >/run/asked 2>&1 &
load=$!
until_true grep -q begun /run/asked
for _ in 1 2 3; do try 'it restarts' systemctl restart candord.service; done
touch /run/enough
wait $load
try "no request between failed ($(tail -n 1 /run/asked))" grep -q ' 0 failed' /run/asked
handed() { [ "$(journal candord.service | grep -c 'was handed over in memory, and is intact')" = 3 ]; }
try 'each found in memory what the one before had served' handed
old=$(pid)
kill -KILL "$old"
try 'killed, it comes back' until_true restarted_from "$old"
try 'with the rating' says ask 'SHOW user somebody' '5.0'
mkdir -p /etc/systemd/system/candord.service.d
printf '[Service]\nWatchdogSec=2s\nTimeoutAbortSec=1s\n' \
    >/etc/systemd/system/candord.service.d/quick.conf
systemctl daemon-reload
systemctl restart candord.service
old=$(pid)
first=$(property candord.service WatchdogTimestampMonotonic)
fed() { [ "$(property candord.service WatchdogTimestampMonotonic)" -gt "$first" ]; }
try 'it feeds the watchdog' until_true fed
try 'and stays the process it was' has candord.service MainPID "$old"
kill -STOP "$old"
try 'hung, the watchdog has it replaced' until_true restarted_from "$old"

# Retrain, readers, TCP, another instance.
try 'the timer is accepted' systemctl enable --now candor-retrain.timer
try 'the nightly retrain learns' systemctl start candor-retrain.service
try 'and the new generation serves' begins candord.service StatusText 'serving generation 2, trained '
systemctl stop candord.socket candord.service
try 'it starts with the read-only socket' \
    systemctl start candord-ro.socket candord.socket candord.service
socket=/run/candor/candord-ro.sock
try 'readers ask there' ask 'RECOMMEND 1 k=3'
try 'and may not rate' says ask 'RATE somebody 1 4' 'not-permitted'
socket=/run/candor/candord.sock
sh "$stage/units/install.sh" --programs "$stage/programs" --tcp install >/dev/null
printf 'tcp = 127.0.0.1:7333\n' >>$settings
(umask 077; candord token new shop writer | tee -a /etc/candor/tokens >/run/shop.token)
try 'with TCP it restarts' systemctl restart candord.service
guest() { candor --tcp 127.0.0.1:7333 --tsv -c "$1"; }
tcp() { candor --tcp 127.0.0.1:7333 --token-file /run/shop.token --tsv -c "$1"; }
try 'and answers on loopback' guest PING
try 'but not more without a token' says guest 'RECOMMEND 1' 'authentication-required'
try 'with the credential that systemd passes it is' tcp 'RATE somebody 1 4'
try 'for what the token gives' says tcp AUDIT 'not-permitted'
mkdir -p /etc/candor-books
cp -r "$stage/data" /etc/candor-books/data
: >/etc/candor-books/candord.conf
try 'an instance starts' systemctl start candord@books.service
socket=/run/candor-books/candord.sock
try 'and answers on its own socket' ask PING
try 'and reloads' systemctl reload candord@books.service
systemctl stop candord@books.service

# Leaving.
try 'it stops' systemctl stop candord.socket candord-ro.socket candord.service
try 'cleanly' has candord.service Result success
try 'its state is its own' test "$(stat -c %a /var/lib/private/candor)" = 700
try 'the installer takes it away' sh "$stage/units/install.sh" uninstall
try 'but for the ratings' test -e /var/lib/private/candor/journal.sqlite
try 'until it is told to' sh "$stage/units/install.sh" purge
try 'then they are gone' refuse test -e /var/lib/private/candor
printf 'all tried\n'

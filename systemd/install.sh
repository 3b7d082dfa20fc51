#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts the daemon, its client and their units in place, or takes them away again.
set -eu

usage() {
    cat <<'TEXT'
usage: install.sh [--dry-run] [--root DIR] [--programs DIR] [--tcp] install|uninstall|purge

  install     copy programs, units and the group's definition; keep an existing configuration
  uninstall   stop and remove them; ratings, generations and the configuration stay
  purge       uninstall, then also delete ratings, generations and the configuration

  --dry-run       print what would be done, and do nothing
  --root DIR      work below DIR instead of /, and leave the running system alone
  --programs DIR  where candord and candor lie (default: .build-static/release)
  --tcp           with install: also the drop-in for TCP, and a file for tokens
TEXT
}

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
dry=no
root=
programs=$here/../.build-static/release
tcp=no
action=
while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry=yes ;;
    --root) [ $# -ge 2 ] || fail "--root needs a directory"; root=${2%/}; shift ;;
    --programs) [ $# -ge 2 ] || fail "--programs needs a directory"; programs=$2; shift ;;
    --tcp) tcp=yes ;;
    -h | --help) usage; exit 0 ;;
    install | uninstall | purge) action=$1 ;;
    *) usage >&2; fail "unknown word '$1'" ;;
    esac
    shift
done
[ -n "$action" ] || { usage >&2; exit 1; }

units="candord.service candord@.service candord.socket candord-ro.socket candor-retrain.service candor-retrain.timer"
bin=$root/usr/bin
unit_folder=$root/etc/systemd/system
settings=$root/etc/candor

run() {
    if [ "$dry" = yes ]; then printf '%s\n' "$*"; else "$@"; fi
}

# What changes the running system is left out below another root.
live() {
    if [ -z "$root" ]; then run "$@"; fi
}

if [ "$dry" = no ] && [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
    fail "must run as root (or with --dry-run, or --root DIR)"
fi

case $action in
install)
    for program in candord candor; do
        [ -x "$programs/$program" ] || fail "$programs/$program is not there; build it first:
  swift build -c release --static-swift-stdlib --scratch-path .build-static"
    done
    run install -d -m 755 "$bin" "$unit_folder" "$root/etc/sysusers.d"
    run install -d -m 755 "$settings"
    run install -m 755 "$programs/candord" "$programs/candor" "$bin/"
    for unit in $units; do run install -m 644 "$here/$unit" "$unit_folder/"; done
    run install -m 644 "$here/sysusers.d/candor.conf" "$root/etc/sysusers.d/"
    if [ "$tcp" = yes ]; then
        run install -d -m 755 "$unit_folder/candord.service.d"
        run install -m 644 "$here/candord-tcp.conf" "$unit_folder/candord.service.d/tcp.conf"
        # Without the file the service would not start.
        [ -e "$settings/tokens" ] || run install -m 600 /dev/null "$settings/tokens"
    fi
    if [ -e "$settings/candord.conf" ]; then
        printf 'keeping %s\n' "$settings/candord.conf"
    else
        run install -m 644 "$here/candord.conf" "$settings/candord.conf"
    fi
    live systemd-sysusers /etc/sysusers.d/candor.conf
    live systemctl daemon-reload
    cat <<'TEXT'
next:
  put a data set, or a link to one, at /etc/candor/data      (candord fetch ml-1m --into /etc/candor)
  systemctl enable --now candord-ro.socket      (only if everybody on the machine may read; first)
  systemctl enable --now candord.socket candord.service
  systemctl enable --now candor-retrain.timer   (a retrain every night, if you wish)
TEXT
    ;;
uninstall | purge)
    # One that is not there, after an earlier uninstall, would be an error of systemctl's.
    for unit in candor-retrain.timer candord.socket candord-ro.socket candord.service; do
        if [ -e "$unit_folder/$unit" ]; then live systemctl disable --now "$unit"; fi
    done
    live systemctl stop 'candord@*.service'
    for unit in $units; do run rm -f "$unit_folder/$unit"; done
    run rm -f "$unit_folder/candord.service.d/tcp.conf" "$root/etc/sysusers.d/candor.conf"
    run rm -f "$bin/candord" "$bin/candor"
    live systemctl daemon-reload
    if [ "$action" = purge ]; then
        run rm -rf "$root/var/lib/private/candor" "$root/var/lib/candor" "$settings"
    else
        printf 'kept: /var/lib/candor (ratings and generations) and /etc/candor; purge deletes them\n'
    fi
    ;;
esac

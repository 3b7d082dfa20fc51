#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs Candor under a real system manager that runs in namespaces of its own, and uses it as an
# administrator would. Nothing outside them is changed.
#
# usage: systemd_namespace.sh UNITS PROGRAMS DATA [SECONDS], or: systemd_namespace.sh --probe
#   UNITS     the folder with the units and install.sh
#   PROGRAMS  the folder with candord and candor
#   DATA      a data set
#   SECONDS   how long all of it may take (240)
#   --probe   only look whether this machine can try it
# Prints "ok …" or "not ok …" for each thing tried. The exit status is 0 when all went well, 1 when
# something did not, and 77 when this machine cannot try it (the reason is printed).
set -u

skip() {
    printf 'cannot try: %s\n' "$1"
    exit 77
}

if [ "${1:-}" != --inside ]; then
    [ "${1:-}" != --probe ] || set -- /tmp /tmp /tmp 240 probe
    [ $# -ge 3 ] || skip "three folders are needed"
    [ "$(id -u)" = 0 ] || skip "only root may make such namespaces"
    [ -x /lib/systemd/systemd ] || skip "systemd is not installed"
    for tool in unshare mount ip; do
        command -v $tool >/dev/null || skip "$tool is not installed"
    done
    unshare --fork --pid --mount-proc --mount --cgroup --ipc --uts --net true 2>/dev/null ||
        skip "the kernel or a container refuses namespaces"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkfifo "$work/report"
    unshare --fork --pid --mount-proc --mount --cgroup --ipc --uts --net --kill-child \
        sh "$0" --inside "$1" "$2" "$3" "$work" "${5:-}" >"$work/manager" 2>&1 &
    manager=$!
    # Ends when the last writer is gone: the scenario's end, or the manager's.
    timeout "${4:-240}" cat "$work/report" | tee "$work/lines"
    kill -KILL $manager 2>/dev/null
    wait $manager 2>/dev/null
    if grep -q '^cannot try' "$work/lines"; then exit 77; fi
    if grep -q '^not ok' "$work/lines" || ! grep -q '^all tried' "$work/lines"; then
        printf 'the manager said:\n'
        tail -n 40 "$work/manager"
        exit 1
    fi
    exit 0
fi

units=$2
programs=$3
data=$4
work=$5
probe=$6
here=$(cd "$(dirname "$0")" && pwd)
exec 3>"$work/report"

# What is changed below these folders stays in memory and ends with the namespace.
stage=/run/stage
mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir -p $stage/units $stage/programs \
    $stage/data $stage/scripts $stage/over /run/lock /run/systemd &&
    mount --bind "$units" $stage/units && mount --bind "$programs" $stage/programs &&
    mount --bind "$data" $stage/data && mount --bind "$here" $stage/scripts ||
    skip "mounting is refused" >&3
for folder in /etc /usr/bin /var/lib; do
    over=$stage/over$folder
    mkdir -p "$over/upper" "$over/work"
    mount -t overlay -o "lowerdir=$folder,upperdir=$over/upper,workdir=$over/work" overlay $folder ||
        skip "an overlay on $folder is refused" >&3
done
mount -t tmpfs tmpfs /tmp && mount -t tmpfs tmpfs /var/tmp && mkdir -p /etc/systemd/system &&
    mount -t tmpfs tmpfs /etc/systemd/system || skip "mounting is refused" >&3
mount -t cgroup2 cgroup2 /sys/fs/cgroup || skip "cgroup2 is refused" >&3
ip link set lo up || skip "there is no loopback" >&3
if [ "$probe" = probe ]; then
    printf 'all tried\n' >&3
    exit
fi

# The machine's own units must not run here: its temporary files, for one, are not these.
for target in sysinit basic sockets timers multi-user shutdown umount paths slices local-fs \
    network; do
    printf '[Unit]\nDescription=%s\nDefaultDependencies=no\n' $target \
        >/etc/systemd/system/$target.target
done
printf '[Unit]\nDescription=default\nRequires=sockets.target\n' >/etc/systemd/system/default.target
for unit in systemd-journald.service systemd-journald.socket; do
    cp /lib/systemd/system/$unit /etc/systemd/system/
done
sed -i '/^Requires=systemd-journald\|^Sockets=\|^After=systemd-journald-dev\|dev-log\|audit/d' \
    /etc/systemd/system/systemd-journald.service
printf '[Journal]\nStorage=volatile\nReadKMsg=no\nForwardToSyslog=no\n' >/etc/systemd/journald.conf
: >/etc/machine-id && printf '%032x\n' 7 >/etc/machine-id
# Looking for leaks takes system calls that the units do not allow.
[ -z "${ASAN_OPTIONS:-}" ] ||
    printf '[Manager]\nDefaultEnvironment=ASAN_OPTIONS=detect_leaks=0\n' >/etc/systemd/system.conf
# As on a booted machine: credentials are mounted by a helper in a namespace of its own.
mount --make-rshared /
export SYSTEMD_UNIT_PATH=/etc/systemd/system
(
    exec 4>&3 3>&-
    exec sh $stage/scripts/systemd_scenario.sh $stage >&4 2>&1
) &
exec 3>&-
exec /lib/systemd/systemd --system --log-target=console --show-status=no

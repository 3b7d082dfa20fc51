#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that the C of the project builds for arm64 and gives the bits that it gives on x86-64.

  kernel_bits.py             compile, run and compare
  kernel_bits.py --can-run   only say whether all that this needs is there

The C targets are compiled for both processors with all warnings as errors. kernel_bits.c calls every
public kernel on made-up numbers; it runs here, once more as an x86-64 of 2013 (AVX2 where this
processor has AVX-512) and as an arm64, the latter two under qemu. Exits with 1, naming each kernel
and by how many units in the last place its numbers differ, unless all bits are the same.

Needs an x86-64 with AVX2, clang (CANDOR_CLANG may name it), and of Debian gcc-aarch64-linux-gnu and
qemu-user; without them it says so and exits with 77, which test harnesses understand as "skipped".
"""
import collections
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources"
CLANG = os.environ.get("CANDOR_CLANG", "clang")
OPTIONS = ["-std=gnu17", "-O3", "-mprefer-vector-width=512", "-Wall", "-Wextra", "-Werror"] + [
    "-I%s" % (SOURCES / target / "include") for target in ("CKernels", "CPeak", "CSystem")]
ARM64 = ["--target=aarch64-linux-gnu"]


def missing():
    """What is not there, or None."""
    if platform.machine() != "x86_64":
        return "this is no x86-64 to compare arm64 with"
    for program in (CLANG, "aarch64-linux-gnu-gcc", "qemu-aarch64", "qemu-x86_64"):
        if shutil.which(program) is None:
            return "%s is missing" % program
    if " avx2 " not in pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii"):
        return "this processor has no AVX2"
    return None


def run(command):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        check=False)
    if done.returncode != 0:
        sys.exit("%s failed (%d):\n%s" % (
            " ".join(str(word) for word in command), done.returncode,
            done.stderr.decode(errors="replace")))
    return done.stdout.decode("ascii")


def build(folder, name, target, linker):
    """Compiles every C file of the project and links those that compute into one program."""
    objects = []
    sources = [ROOT / "Tests/Scripts/kernel_bits.c"]
    for leaf in ("CKernels", "CPeak", "CSystem"):
        sources += sorted((SOURCES / leaf).glob("*.c"))
    for source in sources:
        compiled = folder / ("%s-%s.o" % (name, source.stem))
        run([CLANG, *target, *OPTIONS, "-c", source, "-o", compiled])
        if source.parent.name != "CSystem":
            objects.append(compiled)
    program = folder / name
    run([*linker, "-static", *objects, "-lm", "-o", program])
    return program


def declared():
    """The names of all public kernels."""
    names = set()
    for header in (SOURCES / "CKernels/include").glob("*.h"):
        code = re.sub(r"//[^\n]*", "", header.read_text(encoding="utf-8"))
        names |= set(re.findall(r"\b(kernel_\w+)\(", code))
    # The first says which instructions there are: kernel_select is asked with its answer. The second
    # gives nothing back.
    return names - {"kernel_best_instructions", "kernel_prefetch_rows_f32"}


def check_coverage(lines):
    """Every kernel must have been called, and must have returned more than one number."""
    seen = collections.defaultdict(set)
    for line in lines:
        name, _, _, _, *elements = line.split()
        seen[name].update(elements)
    for name in sorted(declared()):
        if len(seen[name]) < 2:
            sys.exit("kernel_bits.c does not call %s, or all its numbers are alike" % name)
    return len(seen), sum(len(line.split()) - 4 for line in lines)


def ordered(text):
    """An element's place among the floating-point numbers of its size."""
    bits = int(text, 16)
    sign = 1 << (4 * len(text) - 1)
    return bits if bits < sign else sign - bits


def differences(ours, others):
    """Per kernel: how many elements differ, of how many, and by how much at most."""
    counts = collections.defaultdict(lambda: [0, 0, 0])
    if len(ours) != len(others):
        sys.exit("one program printed %d lines, the other %d" % (len(ours), len(others)))
    for our, other in zip(ours, others):
        name, *our = our.split()
        count = counts[name]
        other = other.split()[1:]
        count[1] += len(our) - 3
        if len(our) != len(other):
            count[0] += len(our)
            continue
        for left, right in zip(our, other):
            if left != right:
                count[0] += 1
                count[2] = max(count[2], abs(ordered(left) - ordered(right)))
    return {name: count for name, count in counts.items() if count[0]}


def main():
    reason = missing()
    if reason:
        print("SKIPPED: %s, so the kernels were NOT compared with those of arm64; "
              "see Tests/Scripts/kernel_bits.py" % reason, file=sys.stderr)
        return 77
    if sys.argv[1:] == ["--can-run"]:
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        here = build(folder, "x86-64", [], [CLANG])
        there = build(folder, "arm64", ARM64, ["aarch64-linux-gnu-gcc"])
        ours = run([here]).splitlines()
        kernels, numbers = check_coverage(ours)
        runs = {
            "x86-64 of 2013": ["qemu-x86_64", "-cpu", "Haswell", here],
            "arm64": ["qemu-aarch64", there],
        }
        status = 0
        for processor, command in runs.items():
            found = differences(ours, run(command).splitlines())
            for kernel, (differing, count, units) in sorted(found.items()):
                print("%s: %s: %d of %d numbers differ, by up to %d units in the last place"
                      % (processor, kernel, differing, count, units))
                status = 1
            if not found:
                print("%s: %d numbers of %d kernels, the same bits" % (processor, numbers, kernels))
    return status


if __name__ == "__main__":
    sys.exit(main())

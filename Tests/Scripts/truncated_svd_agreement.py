#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check candord's truncated SVD against scikit-learn's.

  truncated_svd_agreement.py CANDORD TRAIN TEST [FACTORS]

CANDORD is the program (.build/release/candord); TRAIN and TEST are ratings files that
`candord evaluate` reads, `user::item::rating::timestamp` lines (for example a random 80/10/10
split of MovieLens 1M). For gaps filled with zero, with the user's mean and with damped biases the
script compares the singular values and every prediction with those of
sklearn.decomposition.TruncatedSVD, once with ARPACK (exact) and once with its own randomized
solver, and exits with 1 when they differ by more than the tolerances below.

Needs numpy, scipy and scikit-learn; without them it says so and exits with 77, which test
harnesses understand as "skipped". Not part of `swift test`, which needs no Python.
"""
import json
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import TruncatedSVD
except ImportError as error:
    print("SKIPPED: %s; pip install numpy scipy scikit-learn to run this check" % error.name,
          file=sys.stderr)
    sys.exit(77)

# Relative, of each singular value against the exact one.
SINGULAR_VALUES = 1e-6
# Root mean square over all predictions against the exact ones, in stars.
PREDICTIONS = 2e-3
# Difference in RMSE against the exact decomposition.
RMSE = 1e-5
# scikit-learn's randomized solver is itself this far from the exact one.
RANDOMIZED = 5e-2
USER_DAMPING, ITEM_DAMPING, ROUNDS = 5.0, 2.0, 10


def read(path):
    rows = [line.rstrip("\n").split("::")[:3] for line in open(path, encoding="utf-8")]
    return ([r[0] for r in rows], [r[1] for r in rows], np.array([float(r[2]) for r in rows]))


def candord(program, train, test, model, factors):
    with tempfile.NamedTemporaryFile("r") as predictions:
        out = subprocess.run(
            [program, "evaluate", "--train", train, "--test", test, "--model", model,
             "--predictions", predictions.name, "--json", "--options", "factors=%d" % factors],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        rows = [line.split("\t") for line in open(predictions.name, encoding="utf-8")]
    return json.loads(out), [(r[0], r[1]) for r in rows], np.array([float(r[3]) for r in rows])


def offsets(fill, u, i, r, users, items):
    """What is taken off the ratings: one number per user and one per item, and the mean."""
    per_user, per_item = np.bincount(u, minlength=users), np.bincount(i, minlength=items)
    if fill == "svd-zero":
        return np.zeros(users), np.zeros(items)
    if fill == "svd-mean":
        mean = np.bincount(u, r, users) / np.maximum(per_user, 1)
        return np.where(per_user > 0, mean, r.mean()), np.zeros(items)
    bu, bi = np.zeros(users), np.zeros(items)
    for _ in range(ROUNDS):
        bi = np.bincount(i, r - r.mean() - bu[u], items) / (per_item + ITEM_DAMPING)
        bu = np.bincount(u, r - r.mean() - bi[i], users) / (per_user + USER_DAMPING)
    return r.mean() + bu, bi


def main(program, train, test, factors):
    tu, ti, tr = read(train)
    eu, ei, er = read(test)
    user_of = {name: k for k, name in enumerate(sorted(set(tu) | set(eu)))}
    item_of = {name: k for k, name in enumerate(sorted(set(ti) | set(ei)))}
    u, i = np.array([user_of[x] for x in tu]), np.array([item_of[x] for x in ti])
    low, high = min(tr.min(), er.min()), max(tr.max(), er.max())
    failures = 0

    def check(what, value, limit):
        nonlocal failures
        failures += not value <= limit
        print("  %-52s %.2e  (at most %.0e)%s"
              % (what, value, limit, "" if value <= limit else "  FAILED"))

    for model in ("svd-zero", "svd-mean", "svd-residual"):
        figures, pairs, ours = candord(program, train, test, model, factors)
        pu = np.array([user_of[a] for a, _ in pairs])
        pi = np.array([item_of[b] for _, b in pairs])
        truth = {(a, b): c for a, b, c in zip(eu, ei, er)}
        rating = np.array([truth[pair] for pair in pairs])
        bu, bi = offsets(model, u, i, tr, len(user_of), len(item_of))
        matrix = csr_matrix((tr - bu[u] - bi[i], (u, i)), (len(user_of), len(item_of)))
        print("%s, %d factors: candord's RMSE %.5f" % (model, factors, figures["rmse"]))
        for algorithm in ("arpack", "randomized"):
            svd = TruncatedSVD(factors, algorithm=algorithm, n_iter=10, random_state=0)
            svd.fit(matrix)
            # ARPACK finds them in no particular order.
            values = np.sort(svd.singular_values_)[::-1]
            v = svd.components_
            theirs = np.clip(
                bu[pu] + bi[pi] + np.einsum("nk,kn->n", svd.transform(matrix)[pu], v[:, pi]),
                low, high)
            rmse = np.sqrt(np.mean((theirs - rating) ** 2))
            exact = algorithm == "arpack"
            mine = np.array(figures["singular_values"])
            check("%s: singular values, relative" % algorithm, np.max(np.abs(mine / values - 1)),
                  SINGULAR_VALUES if exact else RANDOMIZED)
            check("%s: predictions, root mean square" % algorithm,
                  np.sqrt(np.mean((ours - theirs) ** 2)), PREDICTIONS if exact else RANDOMIZED)
            check("%s: RMSE %.5f" % (algorithm, rmse), abs(rmse - figures["rmse"]),
                  RMSE if exact else RANDOMIZED)
    print("DIFFERENT" if failures else "agreed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], int((sys.argv[4:] or ["20"])[0])))

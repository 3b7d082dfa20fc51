#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compute every number of an audit again, from single predictions and lists.

  audit_agreement.py CANDORD DATA [RESAMPLES [RATING_MODEL]]

CANDORD is the program (.build/release/candord), DATA a data set that `candord audit` reads, for
example the folder of MovieLens 1M. The script has candord train, measure and audit, and works out
all of it again with numpy, scipy, scikit-learn and, where it has the metric, fairlearn. Numbers
without chance must agree to 1e-9; areas under ROC curves of the attackers, whose libraries stop
iterating at other points, to 1e-4. What chance decides is drawn again by numpy's own generator:
ends of intervals, means of chance and p-values must agree within what RESAMPLES allows. Exits with
1 when anything differs by more, and says what.

Needs numpy, scipy, pandas, scikit-learn and fairlearn; without them it says so and exits with 77,
which test harnesses understand as "skipped". Not part of `swift test`, which needs no Python.
"""
import subprocess
import sys
import tempfile

try:
    import numpy as np
    import pandas as pd
    from fairlearn.metrics import MetricFrame
    from scipy.stats import ks_2samp
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import (mean_absolute_error, ndcg_score, root_mean_squared_error,
                                 roc_auc_score)
    from sklearn.neighbors import NearestNeighbors
except ImportError as error:
    print("SKIPPED: %s; pip install numpy scipy pandas scikit-learn fairlearn to run this check"
          % error, file=sys.stderr)
    sys.exit(77)

EXACT, ATTACK = 1e-9, 1e-4
METRICS = ["rmse", "mae", "bias", "ndcg@10", "recall@10", "precision@10", "mrr@10",
           "miscalibration", "popularity-lift"]
RATINGS_MIN = 5  # of an item on either side, to count for unfairness


class Audit:
    def __init__(self, folder):
        def table(name):
            return pd.read_csv("%s/%s.tsv" % (folder, name), sep="\t", keep_default_na=False,
                               quoting=3, dtype=str)

        self.rows = table("audit")
        for column in ["value", "low", "high", "chance", "p", "p_adjusted", "detectable"]:
            self.rows[column] = pd.to_numeric(self.rows[column])
        self.users = table("users").set_index("user")
        self.attributes = list(self.users.columns)
        self.items = table("items").set_index("item")
        self.train = table("train")
        self.train["rating"] = self.train["rating"].astype(float)
        predictions = table("predictions")
        predictions[["rating", "prediction"]] = predictions[["rating", "prediction"]].astype(float)
        predictions["error"] = predictions["prediction"] - predictions["rating"]
        self.predictions = predictions
        self.lists = table("lists")
        self.lists["rank"] = self.lists["rank"].astype(int)
        self.vectors = {}
        for head in ["rating", "ranking"]:
            vectors = table("vectors-" + head)
            self.vectors[head] = (vectors["user"].to_numpy(), vectors["known"].to_numpy() == "yes",
                                  vectors.iloc[:, 2:].astype(float).to_numpy())
        scale = np.concatenate([self.train["rating"], predictions["rating"]])
        self.threshold = scale.min() + 0.75 * (scale.max() - scale.min())
        self.measure_users()
        self.counts = self.train["item"].value_counts().reindex(self.items.index, fill_value=0)
        self.checked, self.failures, self.worst = 0, [], {}

    def measure_users(self):
        """One row a user: numerators and denominators of all metrics, and the profile's size."""
        order = self.users.index
        errors = self.predictions.groupby("user")["error"]
        per = pd.DataFrame(index=order)
        per["n"] = errors.size()
        per["rmse"] = errors.apply(lambda e: (e * e).sum())
        per["mae"] = errors.apply(lambda e: e.abs().sum())
        per["bias"] = errors.sum()
        per["profile"] = self.train["user"].value_counts().reindex(order, fill_value=0)
        lists = {u: list(g.sort_values("rank")["item"]) for u, g in self.lists.groupby("user")}
        liked = self.predictions[self.predictions["rating"] >= self.threshold]
        relevant = {u: set(g["item"]) for u, g in liked.groupby("user")}
        tastes = self.train[self.train["rating"] >= self.threshold]
        tastes = {u: list(g["item"]) for u, g in tastes.groupby("user")}
        profiles = {u: list(g["item"]) for u, g in self.train.groupby("user")}
        users = self.train["user"].nunique()
        # Users without any rating count for popularity too; they shift all of it alike, and no
        # lift: a ratio of two popularities does not change.
        popularity = self.train["item"].value_counts() / users
        genres = {i: g.split("|") if g else [] for i, g in self.items["genres"].items()}
        names = sorted({g for own in genres.values() for g in own})
        place = {g: k for k, g in enumerate(names)}
        shares = {}
        for item, own in genres.items():
            if own:
                row = np.zeros(len(names))
                for genre in set(own):
                    row[place[genre]] = 1 / len(set(own))
                shares[item] = row
        columns = {m: [] for m in METRICS[3:]}
        below = {"popularity-lift": []}
        discounts = 1 / np.log2(np.arange(2, 12))
        for user in order:
            shown, wanted = lists.get(user, []), relevant.get(user, set())
            if wanted:
                hits = np.array([item in wanted for item in shown], dtype=float)
                columns["ndcg@10"].append(
                    hits @ discounts[:len(hits)] / discounts[:len(wanted)].sum())
                columns["recall@10"].append(hits.sum() / len(wanted))
                columns["precision@10"].append(hits.sum() / 10)
                columns["mrr@10"].append(1 / (1 + np.argmax(hits)) if hits.any() else 0)
            else:
                for metric in METRICS[3:7]:
                    columns[metric].append(np.nan)
            p = [shares[i] for i in tastes.get(user, []) if i in shares]
            q = [shares[i] for i in shown if i in shares]
            if p and q:
                p, q = np.mean(p, axis=0), np.mean(q, axis=0)
                m = p > 0
                columns["miscalibration"].append(
                    np.sum(p[m] * np.log(p[m] / (0.99 * q[m] + 0.01 * p[m]))))
            else:
                columns["miscalibration"].append(np.nan)
            known = profiles.get(user, [])
            both = bool(shown) and bool(known)
            columns["popularity-lift"].append(
                popularity.reindex(shown, fill_value=0).mean() if both else np.nan)
            below["popularity-lift"].append(
                popularity.reindex(known, fill_value=0).mean() if both else 0.0)
        for metric, values in columns.items():
            per[metric] = values
        self.above = pd.DataFrame({m: per[m].fillna(0) for m in METRICS}).to_numpy()
        self.below = np.column_stack(
            [per["n"]] * 3 + [per[m].notna().astype(float) for m in METRICS[3:8]]
            + [below["popularity-lift"]])
        self.per = per
        self.tenths = quantile_groups(per["profile"].to_numpy(), 10)

    # Numbers of groups

    def metric(self, above, below):
        with np.errstate(invalid="ignore", divide="ignore"):
            values = above / below
        values[..., 0] = np.sqrt(values[..., 0])
        values[..., 8] -= 1
        return values

    def values(self, members):
        return self.metric(self.above[members].sum(axis=0), self.below[members].sum(axis=0))

    def equal_activity(self, own, others):
        sides = []
        for mine, theirs in [(own, others), (others, own)]:
            above, below = np.zeros(9), np.zeros(9)
            for tenth in np.unique(self.tenths):
                a, b = mine & (self.tenths == tenth), theirs & (self.tenths == tenth)
                if a.any() and b.any():
                    weight = (a.sum() + b.sum()) / a.sum()
                    above += weight * self.above[a].sum(axis=0)
                    below += weight * self.below[a].sum(axis=0)
            sides.append(self.metric(above, below))
        return sides[0] - sides[1]

    def user_values(self, metric):
        k = METRICS.index(metric)
        with np.errstate(invalid="ignore", divide="ignore"):
            values = self.above[:, k] / self.below[:, k]
        return np.sqrt(values) if metric == "rmse" else values

    def unfairness(self, own, others):
        code = pd.Series(np.where(own, 1, np.where(others, 0, -1)), index=self.users.index)
        frame = self.predictions.assign(side=self.predictions["user"].map(code))
        frame = frame[frame["side"] >= 0]
        means = frame.groupby(["item", "side"])["error"].agg(["mean", "count"]).unstack()
        enough = (means["count"] >= RATINGS_MIN).all(axis=1)
        a, b = means.loc[enough, ("mean", 1)], means.loc[enough, ("mean", 0)]
        parity = frame.groupby("side")["prediction"].mean()
        return {
            "value-unfairness": (a - b).abs().mean(),
            "absolute-unfairness": (a.abs() - b.abs()).abs().mean(),
            "underestimation-unfairness": ((-a).clip(lower=0) - (-b).clip(lower=0)).abs().mean(),
            "overestimation-unfairness": (a.clip(lower=0) - b.clip(lower=0)).abs().mean(),
            "non-parity": abs(parity[1] - parity[0]),
        }

    # Comparing

    def row(self, attribute, group, metric, section=None):
        found = self.rows[(self.rows["attribute"] == attribute) & (self.rows["group"] == group)
                          & (self.rows["metric"] == metric)]
        if section:
            found = found[found["section"] == section]
        assert len(found) <= 1, (attribute, group, metric)
        return found.iloc[0] if len(found) else None

    def expect(self, kind, what, got, want, tolerance):
        self.checked += 1
        difference = abs(got - want)
        self.worst[kind] = max(self.worst.get(kind, 0), difference / tolerance)
        if not difference <= tolerance:
            self.failures.append("%s: candord %.12g, here %.12g" % (what, got, want))

    def compare(self, attribute, group, metric, want, kind="exact", tolerance=EXACT):
        row = self.row(attribute, group, metric)
        what = "%s of %s %s" % (metric, attribute, group)
        if row is None:
            if np.isfinite(want):
                self.failures.append(what + " is missing")
            return None
        self.expect(kind, what, row["value"], want, tolerance)
        return row

    def groups(self, attribute):
        """The groups that the audit shows, each with its members and all others."""
        labels = self.users[attribute].to_numpy()
        known = labels != ""
        for label in pd.unique(labels[known]):
            if self.row(attribute, label, "rmse") is not None:
                own = labels == label
                yield label, own, known & ~own

    def check_groups(self):
        everyone = np.ones(len(self.users), dtype=bool)
        for metric, value in zip(METRICS, self.values(everyone)):
            self.compare("all", "all", metric, value)
        for attribute in self.attributes:
            shown = list(self.groups(attribute))
            for label, own, others in shown:
                mine, theirs = self.values(own), self.values(others)
                adjusted = self.equal_activity(own, others)
                for k, metric in enumerate(METRICS):
                    self.compare(attribute, label, metric, mine[k])
                    self.compare(attribute, label, metric + "-gap", mine[k] - theirs[k])
                    self.compare(attribute, label, metric + "-gap-at-equal-activity", adjusted[k])
                for metric in ["rmse", "ndcg@10"]:
                    values = self.user_values(metric)
                    a, b = values[own], values[others]
                    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
                    if len(a) and len(b):
                        self.compare(attribute, label, metric + "-ks", ks_2samp(a, b).statistic)
                if others.any():
                    for metric, value in self.unfairness(own, others).items():
                        self.compare(attribute, label, metric, value)
            if len(shown) > 1:
                values = np.array([self.values(own) for _, own, _ in shown])
                sizes = np.array([own.sum() for _, own, _ in shown], dtype=float)
                for k, metric in enumerate(METRICS):
                    good = ~np.isnan(values[:, k])
                    mean = np.average(values[good, k], weights=sizes[good])
                    spread = np.sqrt(
                        np.average((values[good, k] - mean) ** 2, weights=sizes[good]))
                    self.compare(attribute, "all", metric + "-spread", spread)

    def check_fairlearn(self):
        """What fairlearn and scikit-learn have of it: MetricFrame by group, and NDCG of a user."""
        for attribute in self.attributes:
            frame = self.predictions.assign(
                group=self.predictions["user"].map(self.users[attribute]))
            frame = frame[frame["group"] != ""]
            measured = MetricFrame(
                metrics={"rmse": root_mean_squared_error, "mae": mean_absolute_error},
                y_true=frame["rating"], y_pred=frame["prediction"],
                sensitive_features=frame["group"])
            for group, row in measured.by_group.iterrows():
                for metric in ["rmse", "mae"]:
                    if self.row(attribute, group, metric) is not None:
                        self.compare(attribute, group, metric, row[metric], "fairlearn")
        relevant = self.predictions[self.predictions["rating"] >= self.threshold]
        relevant = {u: set(g["item"]) for u, g in relevant.groupby("user")}
        values = []
        for user, shown in self.lists.sort_values("rank").groupby("user")["item"]:
            wanted = relevant.get(user)
            if not wanted:
                continue
            shown = list(shown)
            missed = [item for item in wanted if item not in shown]
            truth = [float(item in wanted) for item in shown] + [1.0] * len(missed)
            # scikit-learn needs at least two items; the missed ones come after the list.
            score = [float(len(shown) - k) for k in range(len(shown))] + [-1.0] * len(missed)
            values.append(ndcg_score([truth], [score], k=10))
        self.compare("all", "all", "ndcg@10", np.mean(values), "scikit-learn")

    def check_items(self):
        lists = self.lists.assign(exposure=1 / np.log2(self.lists["rank"] + 1.0))
        exposure = lists.groupby("item")["exposure"].sum().reindex(
            self.items.index, fill_value=0.0)
        shown = self.lists["item"].value_counts().reindex(self.items.index, fill_value=0)
        x = np.sort(shown.to_numpy(dtype=float))
        n = len(x)
        gini = 2 * np.sum(np.arange(1, n + 1) * x) / (n * x.sum()) - (n + 1) / n
        self.compare("items", "all", "gini@10", gini)
        self.compare("items", "all", "coverage@10", (shown > 0).mean())
        buckets = self.popularity_buckets()
        tail = exposure[buckets.isin(["tail", "unrated"])].sum() / exposure.sum()
        self.compare("items", "all", "tail-share@10", tail)
        decades = self.items["year"].map(lambda y: "%d0s" % (int(y) // 10) if y else "unknown")
        parts = {"popularity": [(buckets, 1.0)], "decade": [(decades, 1.0)]}
        genres = self.items["genres"].map(lambda g: sorted(set(g.split("|"))) if g else ["none"])
        weights = {"exposure@10": exposure, "rating-share": self.counts,
                   "catalogue-share": pd.Series(1.0, index=self.items.index)}
        for metric, weight in weights.items():
            for attribute in parts:
                sums = weight.groupby(parts[attribute][0][0]).sum() / weight.sum()
                for label, value in sums.items():
                    self.compare(attribute, label, metric, value)
            sums = {}
            for item, own in genres.items():
                for genre in own:
                    sums[genre] = sums.get(genre, 0) + weight[item] / len(own)
            for genre, value in sums.items():
                self.compare("genre", genre, metric, value / weight.sum())
        in_list = set(zip(self.lists["user"], self.lists["item"]))
        frame = self.predictions.assign(bucket=self.predictions["item"].map(buckets))
        for label, part in frame.groupby("bucket"):
            self.compare("popularity", label, "rmse", np.sqrt((part["error"] ** 2).mean()))
            self.compare("popularity", label, "mae", part["error"].abs().mean())
            self.compare("popularity", label, "bias", part["error"].mean())
            liked = part[part["rating"] >= self.threshold]
            if len(liked):
                hits = [pair in in_list for pair in zip(liked["user"], liked["item"])]
                self.compare("popularity", label, "hit-rate@10", np.mean(hits))

    def popularity_buckets(self):
        order = self.counts.reset_index(drop=True)
        order = order.iloc[np.lexsort((np.arange(len(order)), -order.to_numpy()))]
        fifth, total = self.counts.sum() / 5, 0
        labels = np.array(["middle"] * len(order), dtype=object)
        for item, count in order.items():
            if total >= fifth:
                break
            labels[item] = "head"
            total += count
        total = 0
        for item, count in order[::-1].items():
            total += count
            if labels[item] == "head" or total > fifth:
                break
            labels[item] = "tail" if count else "unrated"
        return pd.Series(labels, index=self.items.index)

    def check_leakage(self):
        for head, (users, known, rows) in self.vectors.items():
            mean, deviation = rows[known].mean(axis=0), rows[known].std(axis=0)
            rows = (rows - mean) / np.where(deviation > 0, deviation, np.inf)
            if rows.shape[1] > 64:
                # Components of the rows as they are: the mean of all rows is not taken off again.
                _, _, axes = np.linalg.svd(rows, full_matrices=False)
                rows = rows @ axes[:64].T
            for attribute in self.attributes:
                labels = self.users.loc[users, attribute].to_numpy()
                learned, judged = known & (labels != ""), ~known & (labels != "")
                search = NearestNeighbors(n_neighbors=min(50, known.sum()), algorithm="brute")
                neighbours = search.fit(rows[known]).kneighbors(rows[judged],
                                                                return_distance=False)
                near = labels[known][neighbours]
                for label in pd.unique(labels[labels != ""]):
                    linear = self.row(attribute, label, "auc-linear-" + head)
                    if linear is None:
                        continue
                    model = LogisticRegression(C=1, tol=1e-10, max_iter=10_000)
                    model.fit(rows[learned], labels[learned] == label)
                    area = roc_auc_score(labels[judged] == label,
                                         model.decision_function(rows[judged]))
                    self.compare(attribute, label, "auc-linear-" + head, max(area, 1 - area),
                                 "attackers", ATTACK)
                    votes = (near == label).sum(axis=1) / np.maximum((near != "").sum(axis=1), 1)
                    area = roc_auc_score(labels[judged] == label, votes)
                    self.compare(attribute, label, "auc-neighbours-" + head, max(area, 1 - area),
                                 "attackers", ATTACK)

    # Chance

    def check_chance(self, resamples):
        """Intervals, means of chance and p of the metrics' gaps, drawn by another generator."""
        random = np.random.default_rng(20260101)
        count = len(self.users)
        draws = random.multinomial(count, np.full(count, 1 / count), size=resamples)
        for attribute in self.attributes:
            labels = self.users[attribute].to_numpy()
            known = np.flatnonzero(labels != "")
            strata = [known] if attribute == "activity" else [
                known[self.tenths[known] == t] for t in np.unique(self.tenths)]
            order = np.tile(np.arange(count), (resamples, 1))
            for stratum in strata:
                order[:, stratum] = random.permuted(
                    np.tile(stratum, (resamples, 1)), axis=1)
            for label, own, others in self.groups(attribute):
                if not others.any():
                    continue
                gaps = (self.metric(draws[:, own] @ self.above[own],
                                    draws[:, own] @ self.below[own])
                        - self.metric(draws[:, others] @ self.above[others],
                                      draws[:, others] @ self.below[others]))
                exchanged_own = own[order].astype(float)
                exchanged_others = others[order].astype(float)
                null = (self.metric(exchanged_own @ self.above, exchanged_own @ self.below)
                        - self.metric(exchanged_others @ self.above,
                                      exchanged_others @ self.below))
                for k, metric in enumerate(METRICS):
                    row = self.row(attribute, label, metric + "-gap")
                    if row is None or not np.isfinite(null[:, k]).all():
                        continue
                    self.check_gap(row, gaps[:, k], null[:, k], resamples,
                                   "%s-gap of %s %s" % (metric, attribute, label))

    def check_gap(self, row, gaps, null, resamples, what):
        spread = np.nanstd(gaps)
        # A 2.5% point of B draws of a normal number has a deviation of about 2.7 / sqrt(B).
        end = 8 * 2.7 * spread / np.sqrt(resamples) * np.sqrt(2)
        low, high = np.nanpercentile(gaps, [2.5, 97.5])
        self.expect("intervals", "low end of " + what, row["low"], low, end)
        self.expect("intervals", "high end of " + what, row["high"], high, end)
        mean = 6 * null.std() * np.sqrt(2 / resamples)
        self.expect("chance", "mean of chance of " + what, row["chance"], null.mean(), mean)
        above = (1 + np.sum(null >= row["value"] - 1e-12)) / (resamples + 1)
        below = (1 + np.sum(null <= row["value"] + 1e-12)) / (resamples + 1)
        p = min(1, 2 * min(above, below))
        noise = 12 * np.sqrt(max(p, 2 / resamples) * 2 / resamples)
        self.expect("p", "p of " + what, row["p"], p, noise)
        if np.isfinite(row["detectable"]):
            want = 1.959963985 * null.std(ddof=1) + 0.841621234 * np.nanstd(gaps, ddof=1)
            self.expect("chance", "detectable " + what, row["detectable"], want,
                        want * 6 / np.sqrt(resamples))

    def check_families(self):
        for family in ["confirmatory", "exploratory"]:
            rows = self.rows[self.rows["family"] == family]
            p = rows["p"].to_numpy()
            order = np.argsort(p, kind="stable")
            n, want = len(p), np.empty(len(p))
            if family == "confirmatory":
                want[order] = np.maximum.accumulate(
                    np.minimum(1, p[order] * (n - np.arange(n))))
            else:
                scaled = p[order] * n / np.arange(1, n + 1)
                want[order] = np.minimum(
                    1, np.minimum.accumulate(scaled[::-1])[::-1])
            for (_, row), value in zip(rows.iterrows(), want):
                self.expect("exact", "adjusted p of %s %s %s" % (
                    row["metric"], row["attribute"], row["group"]),
                    row["p_adjusted"], value, EXACT)


def quantile_groups(values, count):
    """A number below which lie b of n goes to group floor(count * b / n)."""
    below = np.searchsorted(np.sort(values), values, side="left")
    return np.unique(count * below // len(values), return_inverse=True)[1]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, data = sys.argv[1:3]
    resamples = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    model = sys.argv[4] if len(sys.argv) > 4 else "bayes"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "audit", "--data", data, "--into", folder, "--resamples",
                        str(resamples), "--rating", model], check=True)
        audit = Audit(folder)
        audit.check_groups()
        audit.check_fairlearn()
        audit.check_items()
        audit.check_leakage()
        audit.check_chance(resamples)
        audit.check_families()
    for failure in audit.failures[:40]:
        print("DIFFERS: " + failure)
    for kind, worst in sorted(audit.worst.items()):
        print("%-12s largest difference %.3g of what is allowed" % (kind, worst))
    print("%d numbers compared, %d differ" % (audit.checked, len(audit.failures)))
    sys.exit(1 if audit.failures else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the Parquet files of an export with pandas and pyarrow and computes them from one another.

    candord export --state STATE --into FOLDER
    Tests/Scripts/parquet_agreement.py FOLDER

From ratings.parquet and the factors alone it recomputes every prediction and every list in numpy and
compares. Prints one line for each check; exits with 1 when one fails. Needs pandas, pyarrow, numpy.
"""

import os
import sys

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

folder = sys.argv[1]
failures = 0


def check(name, holds, figure=""):
    global failures
    failures += not holds
    print("ok  " if holds else "FAIL", name, figure, flush=True)


def read(name):
    return pd.read_parquet(os.path.join(folder, name + ".parquet"))


def factors(kind, side, key):
    table = read(f"{kind}_{side}_factors").set_index(key)
    columns = [c for c in table.columns if c.startswith("f")]
    return table, table[columns].to_numpy()


predictions, lists, movies, ratings = map(read, ["pred_df", "top_k", "movie_map", "ratings"])
check("columns of pred_df", list(predictions.columns) == ["user_id", "movie_id", "predicted_rating"])
check("columns of movie_map", list(movies.columns) == ["movie_id", "title"])
check("identifiers are unique in movie_map", movies.movie_id.is_unique)
for name in sorted(os.listdir(folder)):
    if name.endswith(".parquet"):
        file = pq.ParquetFile(os.path.join(folder, name))
        size = os.path.getsize(os.path.join(folder, name))
        groups = file.metadata.num_row_groups
        check("metadata of " + name, file.metadata.metadata[b"candor.generation"].isdigit(),
              f"{file.metadata.num_rows} rows, {groups} row groups, {size} bytes")
        for group in range(groups):
            for place in range(file.metadata.num_columns):
                chunk = file.metadata.row_group(group).column(place)
                values = file.read_row_group(group, [chunk.path_in_schema]).column(0)
                stats = chunk.statistics
                if stats.has_min_max:
                    held = values.drop_null().to_pylist() if len(values) <= 100_000 else None
                    if held is not None and (min(held) != stats.min or max(held) != stats.max):
                        check(f"statistics of {name} {chunk.path_in_schema}", False)

users, user_factors = factors("rating", "user", "user_id")
items, item_factors = factors("rating", "item", "movie_id")
check("items of factors are those of movie_map", list(items.index) == list(movies.movie_id))
row = pd.Series(np.arange(len(users)), index=users.index)
column = pd.Series(np.arange(len(items)), index=items.index)
rated = np.zeros((len(users), len(items)), bool)
rated[row[ratings.user_id].to_numpy(), column[ratings.movie_id].to_numpy()] = True
check("no rating comes twice", rated.sum() == len(ratings), f"{len(ratings)} ratings")
# The scale is at least as wide as the ratings, and predictions keep to it.
low, high = predictions.predicted_rating.min(), predictions.predicted_rating.max()

u = row[predictions.user_id].to_numpy()
i = column[predictions.movie_id].to_numpy()
check("no pair of pred_df is rated", not rated[u, i].any())
complete = len(predictions) == (~rated[rated.any(axis=1)]).sum()
check("pred_df has every pair without a rating of users with ratings", complete, f"{len(predictions)}")
check("rows are in the order of users and then items", (np.diff(u * len(items) + i) > 0).all())
# Residuals of ratings times the weights of the items that they are of neighbours of.
neighbours = pd.read_parquet(os.path.join(folder, "rating_item_neighbours.parquet"))
weights = np.zeros((len(items), len(items)))
weights[column[neighbours.neighbour_id].to_numpy(), column[neighbours.movie_id].to_numpy()] = neighbours.weight
given = np.zeros((len(users), len(items)))
given[row[ratings.user_id].to_numpy(), column[ratings.movie_id].to_numpy()] = ratings.rating
worst = 0.0
for start in range(0, len(users), 256):
    some = slice(start, start + 256)
    score = items.base.to_numpy() + user_factors[some] @ item_factors.T
    score += np.where(rated[some], given[some] - score, 0) @ weights
    here = (u >= start) & (u < start + 256)
    stars = np.clip(score[u[here] - start, i[here]], low, high)
    if here.any():
        worst = max(worst, np.abs(stars - predictions.predicted_rating.to_numpy()[here]).max())
check("predicted_rating is what factors and neighbours make, within the scale", worst < 1e-9,
      f"{worst:.2e}")

ranking_users, ranking_user_factors = factors("ranking", "user", "user_id")
ranking_items, ranking_item_factors = factors("ranking", "item", "movie_id")
length = lists["rank"].max()
wrong = 0
for user, listed in lists.groupby("user_id", sort=False):
    place = row[user]
    if not rated[place].any():
        continue
    score = ranking_items.base.to_numpy() + ranking_item_factors @ ranking_user_factors[place]
    score[rated[place]] = -np.inf
    best = np.sort(score[np.isfinite(score)])[::-1][:length]
    same = len(best) == len(listed) and np.abs(best - listed.score.to_numpy()).max() < 1e-9
    held = score[column[listed.movie_id].to_numpy()]
    wrong += not (same and np.abs(held - listed.score.to_numpy()).max() < 1e-9)
check("top_k has each user's highest scores of the ranking head", wrong == 0, f"{length} a user")
joined = predictions.head(1000).merge(movies, on="movie_id", how="left")
check("pred_df joins movie_map", joined.title.notna().all())
sys.exit(1 if failures else 0)

"""Where tests/unit/planimetry/agreement_reference.json comes from: well-kept libraries, run once.

Not part of the tests, which need none of them. In an environment with pingouin, scikit-learn and statsmodels:
``python tests/support/agreement_reference.py > tests/unit/planimetry/agreement_reference.json``
"""

from __future__ import annotations

import json
import random
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

SHROUT = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Shrout and Fleiss 1979, table 2: six cases, four judges."""


def tables() -> dict[str, list[list[float]]]:
    """Tables of ratings: the printed one, and readers of every kind made by chance."""
    chance = random.Random(20260101)  # noqa: S311 - the same tables each time
    found: dict[str, list[list[float]]] = {
        "Shrout and Fleiss 1979": [[float(v) for v in row] for row in SHROUT]
    }
    for name, cases, noise, shift in (
        ("good readers", 30, 6.0, 0.0),
        ("one reads higher", 24, 5.0, 15.0),
        ("poor readers", 40, 60.0, 0.0),
        ("few cases", 5, 10.0, 3.0),
        ("no better than chance", 20, 4000.0, 0.0),
    ):
        rows = []
        for _ in range(cases):
            true = chance.uniform(0, 100)
            one, other = (true + chance.gauss(0, noise) for _ in range(2))
            rows.append([round(one, 1), round(other + shift, 1)])
        found[name] = rows
    return found


def class_pairs() -> dict[str, list[tuple[int, int]]]:
    """Pairs of classes 0 to 4, as two readers chose them."""
    chance = random.Random(7)  # noqa: S311 - the same pairs each time
    found: dict[str, list[tuple[int, int]]] = {}
    for name, cases, off in (("near", 60, 0.25), ("far", 45, 1.4), ("few", 12, 0.6)):
        pairs = []
        for _ in range(cases):
            true = chance.uniform(0, 4)
            one, other = (min(4, max(0, round(true + chance.gauss(0, off)))) for _ in range(2))
            pairs.append((one, other))
        found[name] = pairs
    found["one class is never chosen"] = [pair for pair in found["near"] if 2 not in pair]
    return found


def main() -> None:
    """Work everything out with the libraries and write it with their versions."""
    np, pd, pingouin = (import_module(name) for name in ("numpy", "pandas", "pingouin"))
    cohen_kappa_score = import_module("sklearn.metrics").cohen_kappa_score
    cohens_kappa = import_module("statsmodels.stats.inter_rater").cohens_kappa

    pingouin.options["round.column.CI95"] = 10
    told: dict[str, Any] = {
        "versions": {name: version(name) for name in ("pingouin", "scikit-learn", "statsmodels", "scipy")},
        "icc": {},
        "kappa": {},
    }
    for name, rows in tables().items():
        long = pd.DataFrame(
            [(case, rater, value) for case, row in enumerate(rows) for rater, value in enumerate(row)],
            columns=["case", "rater", "value"],
        )
        frame = pingouin.intraclass_corr(data=long, targets="case", raters="rater", ratings="value")
        by_type = {row["Type"]: row for _, row in frame.iterrows()}
        pick = {"agreement": "ICC(A,1)", "consistency": "ICC(C,1)"}  # McGraw and Wong's names
        told["icc"][name] = {
            "ratings": rows,
            **{
                kind: [float(by_type[text]["ICC"]), *map(float, by_type[text]["CI95"])]
                for kind, text in pick.items()
            },
        }
    for name, pairs in class_pairs().items():
        table = np.zeros((5, 5))
        for one, other in pairs:
            table[one][other] += 1
        found: dict[str, Any] = {"pairs": pairs}
        for weights, of in (("linear", "linear"), ("quadratic", "fc")):
            result = cohens_kappa(table, wt=of)
            by_sklearn = cohen_kappa_score(*zip(*pairs, strict=True), labels=range(5), weights=weights)
            assert abs(by_sklearn - result.kappa) < 1e-12
            found[weights] = [float(result.kappa), float(result.kappa_low), float(result.kappa_upp)]
        told["kappa"][name] = found
    json.dump(told, sys.stdout, indent=1)


if __name__ == "__main__":
    main()

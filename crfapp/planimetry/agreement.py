"""How far readers agree: intraclass correlation for figures, weighted kappa for classes, with intervals.

ICC(2,1) asks whether two readers give the same figure, ICC(3,1) whether they put cases in the same order a
constant apart (Shrout and Fleiss 1979, intervals as McGraw and Wong 1996). Weighted kappa counts a near miss
as less than a far one (Cohen 1968), with the large-sample error of Fleiss, Cohen and Everitt 1969. Plain
Python; the tests compare with pingouin, scikit-learn and statsmodels.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.95
_UPPER = (1 + LEVEL) / 2
_NORMAL = 1.959963984540054
"""The quantile of the normal distribution that leaves out 2.5 % on either side."""
_LEAST = 2
"""Fewer cases, readers or classes than this agree about nothing."""
_STEPS, _HALVINGS = 200, 60
_TINY = 1e-300
_CLOSE = 1e-14
_FREE = 1e-3
"""With fewer degrees of freedom an interval is everything."""


class Estimate(NamedTuple):
    """A figure of agreement with its interval of 95 %, over ``cases`` that all of the readers judged."""

    value: float
    low: float
    high: float
    cases: int


class _Squares(NamedTuple):
    """Mean squares of a table of cases and readers: between cases, between readers, what is left."""

    cases: float
    readers: float
    left: float
    n: int
    k: int


def icc_agreement(ratings: Sequence[Sequence[float]]) -> Estimate | None:
    """ICC(2,1): a row for each case, a column for each reader, no gaps.

    None where it says nothing: fewer than two cases or readers, or every rating the same.
    """
    found = _squares(ratings)
    if found is None:
        return None
    rows, columns, left, n, k = found
    whole = rows + (k - 1) * left + k * (columns - left) / n
    if whole <= _CLOSE * (rows + left + columns):
        return None
    value = (rows - left) / whole
    if left + columns == 0:
        return Estimate(1.0, 1.0, 1.0, n)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    spread = (a * columns) ** 2 / (k - 1) + (b * left) ** 2 / ((n - 1) * (k - 1))
    freedom = (a * columns + b * left) ** 2 / spread if spread else 0.0
    if freedom < _FREE:
        return Estimate(value, -1 / (k - 1), 1.0, n)  # nothing narrower can be said
    below, above = f_quantile(_UPPER, n - 1, freedom), f_quantile(_UPPER, freedom, n - 1)
    rest = k * columns + (k * n - k - n) * left
    low = n * (rows - below * left) / (below * rest + n * rows)
    high = n * (above * rows - left) / (rest + n * above * rows)
    return Estimate(value, low, high, n)


def icc_consistency(ratings: Sequence[Sequence[float]]) -> Estimate | None:
    """ICC(3,1) of the same table; None as for :func:`icc_agreement`."""
    found = _squares(ratings)
    if found is None:
        return None
    rows, _, left, n, k = found
    if left == 0:
        return Estimate(1.0, 1.0, 1.0, n)
    ratio, freedom = rows / left, (n - 1) * (k - 1)
    low, high = ratio / f_quantile(_UPPER, n - 1, freedom), ratio * f_quantile(_UPPER, freedom, n - 1)
    value, low, high = ((part - 1) / (part + k - 1) for part in (ratio, low, high))
    return Estimate(value, low, high, n)


def weighted_kappa(
    pairs: Sequence[tuple[str, str]], classes: Sequence[str], weights: Literal["linear", "quadratic"]
) -> Estimate | None:
    """Kappa of two readers who put each case into one of ``classes``, which stand in their order.

    ValueError for a class that is none of them. None where it says nothing: no two cases, fewer than two
    classes, or both readers always in one and the same class.
    """
    m, n = len(classes), len(pairs)
    if n < _LEAST or m < _LEAST:
        return None
    at = {name: place for place, name in enumerate(classes)}
    seen = [[0.0] * m for _ in range(m)]
    for one, other in pairs:
        if one not in at or other not in at:
            raise ValueError(f"not a class: {one if one not in at else other}")
        seen[at[one]][at[other]] += 1 / n
    power = 1 if weights == "linear" else 2
    worth = [[1 - (abs(i - j) / (m - 1)) ** power for j in range(m)] for i in range(m)]
    rows, columns = [sum(row) for row in seen], [sum(row[j] for row in seen) for j in range(m)]
    every = [(i, j) for i in range(m) for j in range(m)]
    observed = sum(worth[i][j] * seen[i][j] for i, j in every)
    chance = sum(worth[i][j] * rows[i] * columns[j] for i, j in every)
    if 1 - chance <= _CLOSE:
        return None
    kappa = (observed - chance) / (1 - chance)
    of_row = [sum(worth[i][j] * columns[j] for j in range(m)) for i in range(m)]
    of_column = [sum(worth[i][j] * rows[i] for i in range(m)) for j in range(m)]
    spread = sum(seen[i][j] * (worth[i][j] - (of_row[i] + of_column[j]) * (1 - kappa)) ** 2 for i, j in every)
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    reach = _NORMAL * sqrt(max(0.0, variance))
    return Estimate(kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach), n)


def f_quantile(share: float, one: float, other: float) -> float:
    """The quantile of the F distribution with these degrees of freedom (above 0), by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _beta_share(middle, one / 2, other / 2) < share:
            low = middle
        else:
            high = middle
    x = (low + high) / 2
    return other * x / (one * max(1 - x, _TINY))


def _squares(ratings: Sequence[Sequence[float]]) -> _Squares | None:
    n = len(ratings)
    k = len(ratings[0]) if n else 0
    if n < _LEAST or k < _LEAST:
        return None
    if any(len(row) != k for row in ratings):
        raise ValueError("every reader judges every case")
    whole = fmean(value for row in ratings for value in row)
    of_row = [fmean(row) for row in ratings]
    of_column = [fmean(row[j] for row in ratings) for j in range(k)]
    between = k * sum((mean - whole) ** 2 for mean in of_row)
    readers = n * sum((mean - whole) ** 2 for mean in of_column)
    # from what is left itself: a difference of large sums would leave noise where there is nothing
    left = sum(
        (value - of_row[i] - of_column[j] + whole) ** 2
        for i, row in enumerate(ratings)
        for j, value in enumerate(row)
    )
    size = sum((value - whole) ** 2 for row in ratings for value in row)
    if size == 0:
        return None
    between, readers, left = (part if part > _CLOSE * size else 0.0 for part in (between, readers, left))
    return _Squares(between / (n - 1), readers / (k - 1), left / ((n - 1) * (k - 1)), n, k)


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function (continued fraction, as modified by Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, _away(1 - (a + b) * x / (a + 1))
    d = 1 / d
    fraction = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for part in (even, odd):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            fraction *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return front * fraction


def _away(value: float) -> float:
    """Never quite nothing, so that it can be divided by."""
    return value if abs(value) > _TINY else _TINY

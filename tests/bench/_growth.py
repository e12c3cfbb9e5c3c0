"""How a cost grows with a size: the exponent of the power that fits best."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def exponent(cost: Mapping[int, float]) -> float:
    """Slope of cost over size, both on logarithmic scales: 0 does not grow, 1 is linear, 2 is quadratic."""
    points = [(math.log(size), math.log(value)) for size, value in cost.items()]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return round(sum((x - middle_x) * (y - middle_y) for x, y in points) / spread, 2)

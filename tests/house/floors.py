"""Where an app stands in the building, read from the same contracts that bind its imports."""

import re

from tests.house.reading import declared


def _layers(container: str) -> list[str]:
    contracts = declared()["tool"]["importlinter"]["contracts"]
    return next(each["layers"] for each in contracts if each.get("containers") == [container])


def heights() -> dict[str, int]:
    """Return how high each app stands: an app may point at what stands strictly lower."""
    ladder = [*reversed(_layers("juli.engines")), *reversed(_layers("juli.domains"))]
    return {
        name: height
        for height, layer in enumerate(ladder)
        for name in re.findall(r"[a-z_]+", layer)
    }  # fmt: skip


def points_up(source: str, target: str) -> bool:
    """Say whether a foreign key from an app to another leans sideways or upwards."""
    height = heights()
    return source != target and height[target] >= height[source]

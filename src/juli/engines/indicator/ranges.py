"""Arithmetic of path ranges: what remains of some without others, and within others. Imports no Django."""

from collections.abc import Iterable

from juli.kernel.actor import PathRange, merged


def without(ranges: Iterable[PathRange], holes: Iterable[PathRange]) -> tuple[PathRange, ...]:
    """Return the ranges with the holes cut out of them."""
    pieces = list(merged(ranges))
    for hole in merged(holes):
        pieces = [part for piece in pieces for part in _around(piece, hole)]
    return tuple(pieces)


def within(ranges: Iterable[PathRange], bounds: Iterable[PathRange]) -> tuple[PathRange, ...]:
    """Return what the two sets of ranges have in common."""
    limits = merged(bounds)
    return merged(
        PathRange(max(each.lo, limit.lo), min(each.hi, limit.hi))
        for each in merged(ranges)
        for limit in limits
        if max(each.lo, limit.lo) < min(each.hi, limit.hi)
    )


def _around(piece: PathRange, hole: PathRange) -> Iterable[PathRange]:
    before, after = PathRange(piece.lo, min(piece.hi, hole.lo)), PathRange(max(piece.lo, hole.hi), piece.hi)
    return [each for each in (before, after) if each.lo < each.hi]

"""The list of pictures: no page escapes, and what is left out has a reason."""

import tomllib

import numpy as np
import pytest

from tests.access.routes import ROUTES
from tools.indexed_png import MOST_COLOURS, reduced, written
from tools.screenshots import LIST, listed

LEFT_OUT: dict[str, str] = tomllib.loads(LIST.read_text(encoding="utf-8"))["left_out"]


def opened_by_somebody() -> set[str]:
    return {name for name, route in ROUTES.items() if 200 in route.expected("GET").values()}


def test_every_page_is_taken_or_left_out_with_a_reason():
    taken = {shot.route for shot in listed()} - {"404"}
    assert not taken & set(LEFT_OUT)
    assert taken | set(LEFT_OUT) == opened_by_somebody()
    assert all(LEFT_OUT.values())


def test_names_of_pictures_are_unique():
    names = [shot.name for shot in listed()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("colours", [2, MOST_COLOURS])
def test_a_picture_of_few_colours_is_kept_exactly(colours):
    pixels = np.arange(colours, dtype=np.uint8).repeat(3).reshape(1, colours, 3)
    palette, places = reduced(pixels)
    assert (palette[places] == pixels).all()


def test_a_picture_of_many_colours_stays_near_and_gets_smaller():
    draw = np.random.default_rng(2018)
    pixels = np.full((120, 160, 3), 250, dtype=np.uint8)
    pixels[40:80] = draw.integers(90, 140, (40, 160, 3), dtype=np.uint8)
    palette, places = reduced(pixels)
    assert len(palette) == MOST_COLOURS
    assert abs(palette[places].astype(int) - pixels).mean() < 6
    assert written(pixels)[:8] == b"\x89PNG\r\n\x1a\n"

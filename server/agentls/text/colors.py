"""Colours as red, green and blue from 0 to 255: to show a swatch and to find the nearest named one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Rgb = tuple[int, int, int]

_HEX = re.compile(
    r"#?(?:([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})|([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F]))"
)

# The values of CSS Color Level 4 for the names that authors use; no product states its own shades.
_NAMED: dict[str, Rgb] = {
    "aqua": (0, 255, 255),
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "brown": (165, 42, 42),
    "coral": (255, 127, 80),
    "crimson": (220, 20, 60),
    "cyan": (0, 255, 255),
    "fuchsia": (255, 0, 255),
    "gold": (255, 215, 0),
    "gray": (128, 128, 128),
    "green": (0, 128, 0),
    "grey": (128, 128, 128),
    "indigo": (75, 0, 130),
    "lavender": (230, 230, 250),
    "lime": (0, 255, 0),
    "magenta": (255, 0, 255),
    "maroon": (128, 0, 0),
    "navy": (0, 0, 128),
    "olive": (128, 128, 0),
    "orange": (255, 165, 0),
    "pink": (255, 192, 203),
    "purple": (128, 0, 128),
    "red": (255, 0, 0),
    "silver": (192, 192, 192),
    "tan": (210, 180, 140),
    "teal": (0, 128, 128),
    "turquoise": (64, 224, 208),
    "violet": (238, 130, 238),
    "white": (255, 255, 255),
    "yellow": (255, 255, 0),
}


def parse(value: str) -> Rgb | None:
    """The colour of a CSS name or of ``#rrggbb`` or ``#rgb``; None for anything else."""
    if named := _NAMED.get(value.strip().lower()):
        return named
    match = _HEX.fullmatch(value.strip())
    if not match:
        return None
    pairs = [digits * (3 - len(digits)) for digits in match.groups() if digits]
    red, green, blue = (int(pair, 16) for pair in pairs)
    return red, green, blue


def closest(color: Rgb, names: Iterable[str]) -> str | None:
    """The named colour that looks most like ``color``."""
    known = [name for name in names if name in _NAMED]
    return min(known, key=lambda name: _distance(color, _NAMED[name]), default=None)


def _distance(one: Rgb, other: Rgb) -> float:
    """The "redmean" approximation of how different two colours look (Riemersma)."""
    mean = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2

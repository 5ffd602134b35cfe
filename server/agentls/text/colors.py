"""Colours as red, green and blue from 0 to 255: to show a swatch and to find the nearest named one."""

from __future__ import annotations

import colorsys
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


# The hues (degrees) of the colors as the products' own themes show them, which are not those of CSS.
_HUES = {
    "red": 0,
    "orange": 21,
    "yellow": 45,
    "green": 142,
    "teal": 173,
    "cyan": 192,
    "blue": 221,
    "purple": 271,
    "magenta": 300,
    "pink": 333,
}
# Below these (0 to 1) a color is a gray, or black; and what is warm and dark is a brown.
_GRAY, _BLACK, _BROWN = 0.3, 0.2, 0.7
_WARM = 60


def closest(color: Rgb, names: Iterable[str]) -> str | None:
    """The named color of the same hue; None for grays, browns, black and white, which have none.

    A color that has one of the names exactly is that one, whatever its hue.
    """
    names = list(names)
    if exact := next((name for name in names if _NAMED.get(name) == color), None):
        return exact
    hue, saturation, brightness = colorsys.rgb_to_hsv(*(part / 255 for part in color))
    degrees = hue * 360
    is_brown = brightness < _BROWN and (degrees < _WARM or degrees > 360 - _WARM / 2)
    if saturation < _GRAY or brightness < _BLACK or is_brown:
        return None
    known = [name for name in names if name in _HUES]
    return min(known, key=lambda name: _apart(degrees, _HUES[name]), default=None)


def _apart(one: float, other: float) -> float:
    """Degrees between two hues on their circle."""
    return min(abs(one - other), 360 - abs(one - other))

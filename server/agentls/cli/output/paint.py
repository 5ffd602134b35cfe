"""Whether there is colour, and how wide the terminal is."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.platform == "win32":
    import ctypes

_CODES = {
    "strong": "1",
    "heading": "1;4",
    "faint": "2",
    "code": "36",
    "error": "1;31",
    "warning": "1;33",
    "information": "1;36",
    "hint": "1;34",
    "added": "32",
    "removed": "31",
}
# Where output is no terminal, a line still has to end somewhere; wide enough for nearly every line of prose.
_WIDTH_OF_A_PIPE = 120
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours words; without codes it leaves them alone. A style is a severity's word or a role."""

    codes: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, style: str, text: str) -> str:
        code = self.codes.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


PLAIN = Paint()
COLORED = Paint(_CODES)


def choose(when: str, stream: TextIO) -> Paint:
    """The paint for a stream: ``when`` is auto, always or never; the usual variables decide about auto."""
    if when == "auto":
        when = "always" if _wants_color(stream) else "never"
    if when == "never":
        return PLAIN
    _prepare()
    return COLORED


def _wants_color(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_capable(stream)


def is_capable(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can do more than print."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _prepare() -> None:
    """Old Windows consoles have to be told."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        handle = kernel.GetStdHandle(-11)
        mode = ctypes.c_ulong()
        if kernel.GetConsoleMode(handle, ctypes.byref(mode)):
            kernel.SetConsoleMode(handle, mode.value | 4)


def columns() -> int:
    """The width to write for; ``COLUMNS`` overrides the terminal."""
    # As in ``shutil``, which loads compressors and archives.
    wanted = os.environ.get("COLUMNS", "")
    width = int(wanted) if wanted.isdecimal() else 0
    if not width and sys.__stdout__ is not None:
        with contextlib.suppress(OSError, ValueError):
            width = os.get_terminal_size(sys.__stdout__.fileno()).columns
    return max(width or _WIDTH_OF_A_PIPE, _NARROWEST)

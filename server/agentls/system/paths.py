"""One identity for a file: between URIs, which clients send, and paths, which the system uses.

Paths here are absolute, normalised and in the system's own form. ``key`` is what tables are keyed by.
No I/O: nothing is resolved against the disk.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


# ``urllib.parse`` is imported where it is needed: the terminal has no URIs, and one file is checked quickly.
_DRIVE = re.compile(r"/?([A-Za-z]):")
_BETWEEN = re.compile(r"[/\\]")
# Between the parts of a path; colons stand behind a drive and before a stream of a file.
_NO_PART_OF_NAME = re.compile(r"[\x00-\x1f\x7f:]")
_NO_PART_OF_NEW_NAME = re.compile(r"[<>\"|?*/\\]")
# Windows opens a device under each of these names, whatever ending they have.
_DEVICES = frozenset(
    [
        *("con", "prn", "aux", "nul", "conin$", "conout$", "clock$"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789\xb9\xb2\xb3"),
    ]
)


def from_uri(uri: str, flavour: str = os.name) -> str | None:
    """The path of a ``file:`` URI; None for every other scheme, and for what is no URI."""
    from urllib.parse import unquote_to_bytes, urlsplit  # noqa: PLC0415

    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or "\0" in uri or "%00" in uri:
        return None
    path = unquote_to_bytes(parts.path).decode("utf-8", "surrogateescape")
    if flavour == "nt":
        if drive := _DRIVE.match(path):
            path = f"{drive[1].lower()}:{path[drive.end() :]}"
        elif parts.netloc:
            path = f"//{parts.netloc}{path}"
        return ntpath.normpath(path)
    # A host other than this one names nothing that could be read here.
    if parts.netloc not in ("", "localhost") or not path.startswith("/"):
        return None
    return posixpath.normpath(path)


def to_uri(path: str, flavour: str = os.name) -> str:
    """The ``file:`` URI of an absolute path."""
    if flavour == "nt":
        path = path.replace("\\", "/")
        if path.startswith("//"):
            host, _, rest = path[2:].partition("/")
            return f"file://{host}/{percent_encode(rest)}"
        path = f"/{path}"
    return f"file://{percent_encode(path)}"


def percent_encode(path: str) -> str:
    """A path with forward slashes as it stands in a URI; so written, a relative one is a reference."""
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")


def join(folder: str, *values: str, may_leave: bool = False, is_simple: bool = True) -> str | None:
    """The path of what files call ``values``, seen from a folder; None for what is no plain relative path.

    Everything that a file says about a path comes through here, and what is plain is so on every system:
    no drive, no other machine, no device, no stream. With ``may_leave``, it may lie above the folder.
    One that is not ``is_simple`` is as the system walks it, which goes up from the real folder behind a link.
    """
    for value in values:
        parts = _BETWEEN.split(value)
        if not parts[0] and value:
            return None
        if not all(part in ("", ".", "..") or _is_plain(part) for part in parts):
            return None
        if not may_leave and posixpath.normpath("/".join(parts)).partition("/")[0] == "..":
            return None
    path = os.path.join(folder, *values)
    return os.path.normpath(path) if is_simple else path


def is_file_name(name: str) -> bool:
    """Whether a file or a folder can have that name on every system."""
    return name not in ("", ".", "..") and _is_plain(name) and not _NO_PART_OF_NEW_NAME.search(name)


def is_device(name: str) -> bool:
    """Whether Windows takes a file's name for that of a device."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def _is_plain(name: str) -> bool:
    # Windows ignores dots and spaces at the end.
    return not is_device(name) and name[-1] not in ". " and not _NO_PART_OF_NAME.search(name)


def percent_decode(text: str) -> str:
    """A text in which characters may be written with percent signs, without them."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415

    return unquote(text)


def key(path: str, platform: str = sys.platform) -> str:
    """What two spellings of one file share: letter case and Unicode form go where they do not count."""
    if platform == "win32":
        return _fold(path.replace("/", "\\"))
    if platform == "darwin":
        return _fold(unicodedata.normalize("NFC", path))
    return path


def _fold(path: str) -> str:
    """Letter by letter, as file systems do: `straße` and `STRASSE` are two names, and so are `ı` and `I`."""
    return path.upper() if path.isascii() else "".join(map(_upper, path))


def _upper(letter: str) -> str:
    upper = letter.upper()
    return upper if len(upper) == 1 and (letter.isascii() or not upper.isascii()) else letter


def posix(path: str) -> str:
    """The path with forward slashes, for globs and for showing."""
    return path.replace("\\", "/") if os.sep == "\\" else path


def display_path(path: str, folders: Sequence[str], home: str = "") -> str:
    """How a reader knows a path: seen from the open folder it lies in, else from the home folder.

    Where several folders are open, a path starts with the name of its own.
    """
    for folder in folders:
        if is_within(path, folder) and key(path) != key(folder):
            below = posix(path[len(folder.rstrip(os.sep)) + 1 :])
            return below if len(folders) == 1 else f"{os.path.basename(folder.rstrip(os.sep))}/{below}"
    if home and is_within(path, home):
        return "~" + posix(path[len(home.rstrip(os.sep)) :])
    return posix(path)


def is_within(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies below it."""
    path, folder = key(path), key(folder).rstrip(os.sep)
    return path == folder or path.startswith(folder + os.sep)


def parents(path: str) -> list[str]:
    """The folders above ``path``, nearest first, up to the root."""
    found: list[str] = []
    while (parent := os.path.dirname(path)) != path:
        found.append(parent)
        path = parent
    return found


def below(candidates: Iterable[str], folders: Collection[str]) -> Iterator[str]:
    """Those of many paths that lie below one of many folders, which are spelled alike."""
    folders = frozenset(folders)
    is_below: dict[str, bool] = {}  # of a folder: whether what is in it is meant
    for path in candidates if folders else ():
        around = os.path.dirname(path)
        if around not in is_below:
            is_below[around] = around in folders or not folders.isdisjoint(parents(around))
        if is_below[around]:
            yield path

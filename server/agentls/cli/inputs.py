"""What a command is to look at: paths, or standard input in the name of a file."""

from __future__ import annotations

import codecs
import os
import re
import sys
from typing import TYPE_CHECKING

from agentls import disk
from agentls.cli.output.places import display_path
from agentls.cli.output.printing import print_error
from agentls.disk import FileContent
from agentls.system import paths
from agentls.text import decoding

if TYPE_CHECKING:
    import argparse

    from agentls.batch import Batch
    from agentls.text.decoding import Origin


# How git writes what would not fit into a line.
_ESCAPE = re.compile(rb'\\([0-3][0-7]{2}|[abtnvfr"\\])')
_ESCAPES = {
    b"a": b"\a",
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"v": b"\v",
    b"f": b"\f",
    b"r": b"\r",
    b'"': b'"',
    b"\\": b"\\",
}
# Ten times what a repository with a million files has.
_LARGEST_LIST = 1 << 30


def read(arguments: argparse.Namespace) -> tuple[list[str], list[FileContent]]:
    """The paths that are named, and standard input as the file it stands for."""
    if ("-" in arguments.paths) != bool(arguments.stdin_filename):
        arguments.complain("to read standard input, use both - and --stdin-filename FILE")
    listed = _listed(arguments)
    if "-" not in arguments.paths:
        return (arguments.paths or ["."]) if listed is None else [*arguments.paths, *listed], []
    source, origin = decoding.decode(sys.stdin.buffer.read())
    path = os.path.abspath(arguments.stdin_filename)
    named = [path for path in arguments.paths if path != "-"]
    return [*named, *(listed or [])], [FileContent(path, source, origin)]


def _listed(arguments: argparse.Namespace) -> list[str] | None:
    """The files of ``--files-from``; None without it."""
    name = getattr(arguments, "files_from", None)
    if name is None:
        return None
    if name == "-" and "-" in arguments.paths:
        arguments.complain("standard input is either a file or a list of files")
    try:
        data = sys.stdin.buffer.read() if name == "-" else disk.read_or_raise(name, _LARGEST_LIST)
    except OSError as error:
        arguments.complain(f"cannot read {name}: {error.strerror or error}")
    return [path for path in file_list(data) if _is_file(path)]


def file_list(data: bytes) -> list[str]:
    """The paths of a list: one a line, as git quotes odd ones, or with a zero byte behind each."""
    if b"\0" in data:
        return [os.fsdecode(path) for path in data.split(b"\0") if path]
    lines = (line.removesuffix(b"\r") for line in data.split(b"\n"))
    return [os.fsdecode(_unquoted(line)) for line in lines if line]


def _unquoted(line: bytes) -> bytes:
    if len(line) < len(b'""') or not (line.startswith(b'"') and line.endswith(b'"')):
        return line
    return _ESCAPE.sub(_unescaped, line[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else _ESCAPES[sign]


def _is_file(path: str) -> bool:
    """Whether a file of a list is to be checked: what a change has deleted is not, nor is a submodule."""
    try:
        return not disk.is_folder(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def encode(source: str, origin: Origin | None) -> bytes:
    """The bytes of a text, with a byte order mark where its file had one."""
    mark = codecs.BOM_UTF8 if origin and origin.is_utf8 and origin.has_byte_order_mark else b""
    return mark + source.encode("utf-8", "surrogatepass")


def report(found: Batch, folder: str) -> None:
    """Say which paths and settings cannot be used."""
    for unreadable in found.unreadable:
        name = display_path(unreadable.path, folder) or "''"
        print_error(f"cannot read {name}: {unreadable.reason}")
    for complaint in found.complaints:
        print_error(f"{complaint}; the default is used")


def elsewhere(path: str, within: list[str]) -> str:
    """Why not to write through a link: it leads out of what the user pointed at."""
    end = disk.resolve_links(path)
    # A file that is named may be a link itself, so its folder counts and not what it leads to.
    places = [os.path.dirname(place) if place == path else place for place in within]
    if any(paths.is_within(end, disk.resolve_links(place)) for place in places):
        return ""
    return f"it is a link to {end}, outside the given paths"

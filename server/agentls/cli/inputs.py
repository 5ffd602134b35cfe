"""What a command is to look at: paths, or standard input in the name of a file."""

from __future__ import annotations

import codecs
import os
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


def read(arguments: argparse.Namespace) -> tuple[list[str], list[FileContent]]:
    """The paths that are named, and standard input as the file it stands for."""
    if ("-" in arguments.paths) != bool(arguments.stdin_filename):
        arguments.complain("to read standard input, use both - and --stdin-filename FILE")
    if "-" not in arguments.paths:
        return arguments.paths or ["."], []
    source, origin = decoding.decode(sys.stdin.buffer.read())
    path = os.path.abspath(arguments.stdin_filename)
    return [path for path in arguments.paths if path != "-"], [FileContent(path, source, origin)]


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

"""Whatever defines a name is watched, in a project, in the user's own folder and at home."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from agentls import products
from agentls.disk import watch_globs
from agentls.products.configuration import configuration, settings_files
from agentls.settings import config_files

_OWN = f"~/{configuration().folder}/"


def _expression(glob: str) -> re.Pattern[str]:
    """A glob of the protocol, with ``**``, ``*`` and ``{a,b}``."""
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}
    parts = re.split(r"(\*\*/|\*\*|[*{},])", glob)
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))


def _is_watched(path: str, globs: list[str]) -> bool:
    return any(_expression(glob).fullmatch(path) for glob in globs)


def _example(glob: str) -> str:
    return glob.replace("**/", "some/").replace("*", "one")


_PLACES = [
    place
    for dialect in products.load().dialects.values()
    for place in (*dialect.files, *dialect.unread, *dialect.server_files)
]


@pytest.mark.parametrize("glob", sorted({place.glob for place in _PLACES if place.scope == "project"}))
def test_a_place_in_a_project_is_watched_and_so_are_its_folders(glob: str):
    path = _example(glob)
    assert _is_watched(path, watch_globs.of_project())
    folder = str(PurePosixPath(_example(glob.removeprefix("**/"))).parent).partition("/")[0]
    assert folder == "." or _is_watched(folder, watch_globs.of_project())


@pytest.mark.parametrize("glob", sorted({place.glob for place in _PLACES if place.scope == "user"}))
def test_a_place_at_home_is_watched(glob: str):
    path = _example(glob)
    if path.startswith(_OWN):
        assert _is_watched(path.removeprefix(_OWN), watch_globs.of_user())
    else:
        assert _is_watched(path.removeprefix("~/"), watch_globs.of_home())


@pytest.mark.parametrize(
    "path",
    [*settings_files(), *config_files.NAMES, f"{configuration().plugin_folder}/plugin.json"],
)
def test_what_says_something_of_others_is_watched(path: str):
    assert _is_watched(path, watch_globs.of_project())
    assert _is_watched(f"some/{path}", watch_globs.of_project())

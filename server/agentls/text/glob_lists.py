"""Lists of globs for paths, as the products read them: which paths they take in, and which globs none.

Seen in the products and in their libraries; a glob of which that is not known takes part in no answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.path_globs import PathGlob, Reading, compiled

if TYPE_CHECKING:
    from collections.abc import Callable

_GITIGNORE = Reading(nests=False, escapes=False, ignores_case=True, below=True)
_GITIGNORE_EXACT = _GITIGNORE._replace(below=False)
_COPILOT_CLI = Reading(nests=False, escapes=False)
_VSCODE = Reading(ignores_case=True, escapes=False)
_PICOMATCH = Reading(itself=True, extends=True, literal=True, bangs=False)
_MINIMATCH = Reading(dots=False, extends=True)
# Whatever the product does, it takes in no more.
_ANY = Reading(ignores_case=True, itself=True, extends=True, below=True)

_ANY_DEPTH = "**/"
_OF_A_MACHINE = re.compile(r"[A-Za-z]:|/(?:home|Users|root|tmp|var|opt|mnt|work|workspaces)/|~")
_EXTENDED = re.compile(r"[@+*?!]\(")
_STARS = re.compile(r"\*{3,}")
_SLASHES = re.compile(r"/{2,}")
_NESTED = re.compile(r"\{[^{}]*\{")


class ReadGlob(NamedTuple):
    """One glob of a list; a path fits that fits one of ``globs``.

    ``is_negated``: it takes away, or, where it stands alone, takes in all others. ``obstacle``: why no path
    can fit, in words; empty where one can. ``is_known``: whether it is known which paths fit. ``exact`` is
    the glob without what is below a folder that fits; ``is_folder``: it fits folders only.
    """

    text: str
    globs: tuple[PathGlob, ...] = ()
    is_negated: bool = False
    obstacle: str = ""
    is_known: bool = True
    exact: PathGlob | None = None
    is_folder: bool = False

    def matches(self, path: str) -> bool:
        return any(glob.matches(path) for glob in self.globs)


@lru_cache(maxsize=4096)
def read_glob(text: str, syntax: str) -> ReadGlob:
    """A glob as the product reads it."""
    return _READERS[syntax](text)


def takes_in(globs: tuple[ReadGlob, ...], syntax: str, path: str) -> bool:
    """Whether a list of globs takes in a path."""
    if syntax == "gitignore":
        return _is_ignored(globs, path)
    if syntax == "minimatch" and any(not glob.is_negated for glob in globs):
        # What one of them excludes is out.
        return any(glob.matches(path) for glob in globs if not glob.is_negated) and not any(
            glob.matches(path) for glob in globs if glob.is_negated
        )
    return any(glob.matches(path) is not glob.is_negated for glob in globs if not glob.obstacle)


def _is_ignored(globs: tuple[ReadGlob, ...], path: str) -> bool:
    """As Git does: the last glob that fits counts, and what is in an excluded folder stays out."""
    if not any(glob.is_negated for glob in globs):
        return any(glob.matches(path) for glob in globs)
    names = path.split("/")
    is_out = False
    for length in range(1, len(names) + 1):
        part = "/".join(names[:length])
        for glob in globs:
            is_meant = not glob.is_folder or length < len(names)
            if is_meant and glob.exact and glob.exact.matches(part):
                is_out = not glob.is_negated
        if is_out:
            return True
    return False


def _gitignore(text: str) -> ReadGlob:
    """node-ignore, as Claude Code uses it: a final ``/**`` is cut off."""
    is_negated, glob = text.startswith("!"), text.removeprefix("!")
    if obstacle := _obstacle_in_gitignore(glob):
        return ReadGlob(text, is_negated=is_negated, obstacle=obstacle)
    glob = _STARS.sub("**", glob).removesuffix("/**")
    is_folder = glob.endswith("/")
    glob = glob.rstrip("/")
    anchored = "/" in glob
    glob = glob.removeprefix("/")
    if not anchored:
        glob = _ANY_DEPTH + glob
    found = compiled(f"{glob}/*" if is_folder else glob, _GITIGNORE)
    exact = compiled(glob, _GITIGNORE_EXACT)
    is_known = found is not None and exact is not None
    globs = (found,) if found else ()
    return ReadGlob(text, globs, is_negated=is_negated, is_known=is_known, exact=exact, is_folder=is_folder)


def _obstacle_in_gitignore(glob: str) -> str:
    if glob.startswith(("./", "../")):
        return "globs are relative to the folder that holds `.claude`, without `./` or `../`"
    if _OF_A_MACHINE.match(glob):
        return "globs are relative to the folder that holds `.claude`"
    if glob.startswith("#"):
        return "a glob that begins with `#` is a comment"
    return _obstacle_of_signs(glob)


def _obstacle_of_signs(glob: str) -> str:
    if "\\" in glob:
        return "folders are separated with `/`, and a backslash matches nothing"
    if _EXTENDED.search(glob):
        return "patterns in parentheses are not read"
    if _NESTED.search(glob):
        return "braces in braces are not read"
    return ""


def _copilot(text: str) -> ReadGlob:
    """Copilot CLI or VS Code: what one of them takes in."""
    glob = text.removeprefix("!")
    is_negated = glob != text
    if _OF_A_MACHINE.match(glob):
        return ReadGlob(text, is_negated=is_negated, is_known=False)
    if glob.startswith("/"):
        return ReadGlob(
            text,
            is_negated=is_negated,
            obstacle="a glob that begins with `/` is not relative to the repository",
        )
    if glob.startswith("../"):
        return ReadGlob(text, is_negated=is_negated, obstacle="globs are relative to the repository")
    if glob.endswith("/"):
        return ReadGlob(text, is_negated=is_negated, obstacle="it names a folder, not files: add `**`")
    if "\\" in glob or _EXTENDED.search(glob):
        return ReadGlob(text, is_negated=is_negated, obstacle=_obstacle_of_signs(glob))
    own = glob.removeprefix("./")
    cli = own if "/" in own else _ANY_DEPTH + own
    editor = glob if glob.startswith(_ANY_DEPTH) else _ANY_DEPTH + glob
    both = (compiled(cli, _COPILOT_CLI), compiled(editor, _VSCODE))
    known = tuple(one for one in both if one)
    return ReadGlob(text, known, is_negated=is_negated, is_known=len(known) == len(both))


def _library(reading: Reading) -> Callable[[str], ReadGlob]:
    def read(text: str) -> ReadGlob:
        is_negated = text.startswith("!") and not text.startswith("!(")
        glob = text[1:] if is_negated else text
        # One library leaves out what the other one looks for.
        glob = glob.removeprefix("./") if reading.dots else _SLASHES.sub("/", glob)
        if _OF_A_MACHINE.match(glob) or glob.startswith(("/", "./", "../")):
            return ReadGlob(text, is_negated=is_negated, obstacle="globs are relative to the project")
        found = compiled(glob, reading)
        return ReadGlob(text, (found,) if found else (), is_negated=is_negated, is_known=found is not None)

    return read


def _unknown(text: str) -> ReadGlob:
    """As generous as any product is."""
    glob = text.removeprefix("./").removeprefix("/").rstrip("/")
    if text.startswith("!") or _OF_A_MACHINE.match(text) or "\\" in text or glob.startswith("../"):
        return ReadGlob(text, is_known=False)
    found = compiled(glob if glob.startswith(_ANY_DEPTH) else _ANY_DEPTH + glob, _ANY)
    return ReadGlob(text, (found,) if found else (), is_known=found is not None)


_READERS: dict[str, Callable[[str], ReadGlob]] = {
    "gitignore": _gitignore,
    "copilot": _copilot,
    "picomatch": _library(_PICOMATCH),
    "minimatch": _library(_MINIMATCH),
    "unknown": _unknown,
}

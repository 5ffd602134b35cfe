"""When a product loads a file of instructions: always, for which files, by its description, or never."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Ends
from agentls.syntax import name_lists
from agentls.syntax.name_lists import ListItem
from agentls.syntax.nodes import Scalar
from agentls.text.glob_lists import read_glob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.semantics.matching_files import ProjectFiles
    from agentls.text.glob_lists import ReadGlob
    from agentls.workspace import View


class When(Enum):
    """When a file is loaded; the values are those of the schemas."""

    ALWAYS = "always"
    FILES = "files"
    DESCRIPTION = "description"
    MENTION = "mention"
    NEVER = "never"
    UNKNOWN = "unknown"


class GlobItem(NamedTuple):
    """A glob where it is written, and as the product reads it."""

    item: ListItem
    read: ReadGlob


class Reach(NamedTuple):
    """``globs`` are those of the file, which count only ``when`` it is loaded for files.

    ``root`` is what they are relative to; empty where that is not known.
    """

    when: When
    globs: tuple[GlobItem, ...] = ()
    syntax: str = ""
    root: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one.item.text for one in self.globs)

    @property
    def is_known(self) -> bool:
        """Whether it is known for which files it is loaded."""
        return bool(self.root) and all(one.read.is_known for one in self.globs)

    def files(self, view: View) -> ProjectFiles | None:
        """The files that the globs are held against; None where they are not known, or not yet."""
        return view.files(self.root) if self.root else None


def reach(file: File) -> Reach | None:
    """When the product loads the file; None for a file that is none of instructions."""
    rules = file.dialect.reach
    if not rules.default:
        return None
    globs = tuple(_globs(file))
    root = _root(file)
    when = _when(file, globs)
    return Reach(when, globs, rules.glob_syntax, root)


def _when(file: File, globs: tuple[GlobItem, ...]) -> When:
    rules, values = file.dialect.reach, file.values
    lack = file.effect("missing-front-matter")
    if lack and lack.ends is Ends.FILE and not file.document.opening:
        return When.NEVER
    if rules.always and values.get(rules.always) in (True, "true"):
        return When.ALWAYS
    mode = values.get(rules.mode) if rules.mode else None
    if isinstance(mode, str) and mode in rules.modes:
        found = When(rules.modes[mode])
        return When.NEVER if found is When.FILES and not globs else found
    if globs and not rules.mode:
        return When.ALWAYS if {one.item.text for one in globs} & {*rules.always_globs} else When.FILES
    if rules.description and file.document.string("description"):
        return When.DESCRIPTION
    return When(rules.default)


def _globs(file: File) -> Iterator[GlobItem]:
    rules = file.dialect.reach
    names = (rules.globs, *rules.other_globs) if rules.globs else ()
    field = next((found for name in names if (found := file.document.field(name))), None)
    if field is None or _is_text(file):
        return
    value, spec = field.value, file.dialect.fields[rules.globs]
    items = list(name_lists.items(file.text.source, value, spec.syntax))
    if not items and isinstance(value, Scalar) and isinstance(value.plain, str) and value.value.strip():
        # To this product a text is one glob, whatever is in it.
        items = [ListItem(value.value.strip(), value.inner)]
    for item in items:
        yield GlobItem(item, read_glob(item.text, rules.glob_syntax))


def _is_text(file: File) -> bool:
    """Whether the product takes the front matter for text, since something stands above it."""
    is_misplaced = any(problem.kind.startswith("misplaced-") for problem in file.document.problems)
    return is_misplaced and file.effect("misplaced-front-matter") is not None


def _root(file: File) -> str:
    """Relative to where somebody starts, a user's own globs mean other files each time."""
    if file.scope != "project":
        return ""
    if file.dialect.reach.root == "repository" and file.identity.repository:
        return file.identity.repository
    return file.identity.root

"""New files, where they belong, and what they begin with."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Change, Fix
from agentls.products import load, locations
from agentls.semantics.file_references import resolve_path
from agentls.semantics.resolution import ResolutionContext
from agentls.syntax.writing import render
from agentls.system import paths
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agentls.products import Dialect
    from agentls.semantics.file import File
    from agentls.workspace import Context

# What a snippet takes for its own.
_SIGN_OF_SNIPPET = re.compile(r"[\\$}]")
# A name that can be written in a list of names.
_FILE_NAME = re.compile(r"[^\W_](?:[\w.-]*\w)?")
_NAME = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_DESCRIPTION = "What this {kind} does, and when to use it."
_BODIES = {
    "agent": "You are the agent for this task.\n\nDescribe what to do, and what to report at the end.",
    "command": "Describe what to do with `$ARGUMENTS`.",
    "skill": "# {title}\n\nDescribe what to do, step by step.",
}


class Destination(NamedTuple):
    """Where files are looked for: by which product, in which scope, below which folder."""

    product: str
    scope: str
    root: str

    def resolution_context(self, products: frozenset[str]) -> ResolutionContext:
        """What the names there can mean, of what these products define."""
        return ResolutionContext(products, self.root if self.scope == "project" else "")


class NewFile(NamedTuple):
    """A file that is not there yet; ``gap`` is what its author has to fill in first."""

    dialect: Dialect
    path: str
    text: str
    gap: Span


def destination_of(file: File) -> Destination:
    """The place where the product of ``file`` looks for others."""
    return Destination(file.dialect.product, file.scope, file.identity.root)


def new_file(kind: str, name: str, place: Destination) -> NewFile | None:
    """A first ``agent`` or ``skill``; None where the product looks for none, or for none of such a name."""
    if not (_NAME.fullmatch(name) and paths.is_file_name(name)):
        return None
    for dialect in load().dialects.values():
        if (dialect.kind, dialect.product) == (kind, place.product) and dialect.format.has_body:
            path = path_of(dialect, name, place)
            return starter(dialect, path, name) if path else None
    return None


def path_of(dialect: Dialect, name: str, place: Destination) -> str | None:
    """Where a file of that name belongs; None where the product looks for none."""
    below = locations.path_in(dialect, place.scope, name)
    return paths.join(place.root, below) if below else None


def starter(dialect: Dialect, path: str, name: str) -> NewFile | None:
    """What a file begins with that goes by that name; None where it cannot be written."""
    description = starter_description(dialect.kind)
    values = {"name": name, "description": description}
    known = {field: value for field, value in values.items() if field in dialect.fields}
    text = render(dialect.format, known, starter_body(dialect.kind, name))
    if text is None:
        return None
    start = text.index(description)
    return NewFile(dialect, path, text, Span(start, start + len(description)))


def starter_description(kind: str) -> str:
    """What stands in for a description until its author writes one."""
    return _DESCRIPTION.format(kind=kind)


def starter_body(kind: str, name: str) -> str:
    """What stands in for a text until its author writes one."""
    return _BODIES[kind].format(title=_title(name))


def snippet(made: NewFile, lines: Iterable[Sequence[str]]) -> str:
    """The same with tab stops: the gap, lines of the front matter, each with its choices, and the end."""
    before, gap = made.text[: made.gap.start], made.text[made.gap.start : made.gap.end]
    rest, fence, body = made.text[made.gap.end :].partition("\n---\n")
    stops = "".join(f"\n{_stop(number, choices)}" for number, choices in enumerate(lines, start=2))
    filled = f"{literal(before)}${{1:{literal(gap)}}}{literal(rest)}"
    return f"{filled}{stops}{fence}{literal(body)}$0"


def _stop(number: int, choices: Sequence[str]) -> str:
    """A whole line, so that the author who does not want it leaves no field without a value."""
    if len(choices) == 1:
        return f"${{{number}:{literal(choices[0])}}}"
    offered = ",".join(re.sub(r"([,|])", r"\\\1", literal(choice)) for choice in choices)
    return f"${{{number}|{offered}|}}"


def literal(text: str) -> str:
    """The text as a snippet says it."""
    return _SIGN_OF_SNIPPET.sub(r"\\\g<0>", text)


def names_like(dialect: Dialect, name: str, stem: str) -> Iterator[str]:
    """Names that the product takes, the one most like ``name`` first; ``stem`` is that of the file."""
    for candidate in (name, kebab(name), kebab(stem), f"{kebab(name) or 'new'}-{dialect.kind}"):
        # What every product takes is best where letter case and separators do not count.
        is_styled = not dialect.applies("invalid-name") or candidate == kebab(candidate)
        if (
            paths.is_file_name(candidate)
            and _FILE_NAME.fullmatch(candidate)
            and is_styled
            and not dialect.errors({"name": candidate})
        ):
            yield candidate


def kebab(name: str) -> str:
    """The name in small ASCII letters and digits, joined by hyphens; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def creation_fixes(context: Context, kind: str, name: str) -> Iterator[Fix]:
    """Creates the agent or the skill of that name where the file's product looks for it."""
    made = new_file(kind, name, destination_of(context.file))
    # A file that is there and defines nothing would be overwritten.
    if made and not context.view.is_known(made.path):
        yield Fix(f"Create the {kind} `{name}`", Change(creates={made.path: made.text}))


def document_creation_fixes(file: File, target: str) -> Iterator[Fix]:
    """Creates the Markdown document that a link or path means, within the project or the plugin."""
    path = resolve_path(file.path, target)
    if path.endswith(".md") and paths.is_within(path, file.identity.root):
        shown = paths.posix(os.path.relpath(path, os.path.dirname(file.path)))
        text = f"# {_title(os.path.basename(path).removesuffix('.md'))}\n"
        yield Fix(f"Create `{shown}`", Change(creates={path: text}))


def _title(name: str) -> str:
    return re.sub(r"[-_.]+", " ", name).strip().capitalize()

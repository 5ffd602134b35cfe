"""A new name for an agent, a skill or a command, in every file that uses the old one.

Three steps, since closed files have to be read in between and reading is not done here: what is meant and
whether it may be renamed, which files have to be read, what changes in them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from agentls import graph, paths
from agentls.document import Scalar, resolve
from agentls.findings import Change, Edit
from agentls.references import FILE_KINDS, resolve_path
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.document import Field
    from agentls.file import File
    from agentls.graph import Subject
    from agentls.references import Reference
    from agentls.text import Text
    from agentls.workspace import Definition, View

# Lists of names are split at spaces, commas and parentheses, and a colon belongs to plugins.
_NAME = re.compile(r"[^\W_][\w.-]*")
_MAX_LENGTH = 256
# Where a name that is given to one kind would be mistaken for one that is there already.
_RIVALS = {"agent": ("agent",), "skill": ("skill", "command"), "command": ("skill", "command")}


class RefusedError(Exception):
    """Why something is not renamed, in words for the user."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is renamed: ``definition`` is the only one of its name, and may be changed."""

    subject: Subject
    definition: Definition

    @property
    def old(self) -> str:
        return self.definition.name


def renaming(view: View, file: File, offset: int) -> Renaming | None:
    """What a rename at this place is about; None for nothing, RefusedError where it may not be done."""
    reference = file.at(offset).reference
    # The name under the cursor is replaced, and a link is no name.
    if reference and reference.kind in FILE_KINDS:
        return None
    view = view.seen_with(file.dialect.sees)
    subject = graph.subject(view, file, offset)
    if subject is None or subject.kind not in _RIVALS:
        return None
    found = subject.definitions or view.resolve(subject.kind, subject.name)
    if not found:
        return None
    # Of a file that asks about itself there is one definition, and others may have its name.
    rivals = {d.path: d for d in (*found, *view.lookup(found[0].kind, found[0].name))}.values()
    for definition in rivals:
        _refuse_foreign(definition)
    if len(rivals) > 1:
        places = " and ".join(sorted(paths.posix(d.path) for d in rivals))
        raise RefusedError(f"`{subject.name}` is defined more than once, in {places}; which one is meant?")
    _refuse_label(file, subject, found[0])
    return Renaming(subject, found[0])


def _refuse_label(file: File, subject: Subject, definition: Definition) -> None:
    label = file.text.slice(subject.span)
    if definition.name not in label:
        word = "file" if definition.kind == "command" else "folder"
        raise RefusedError(
            f"the {definition.kind} is called `{definition.name}`, after its {word}; "
            f"`{label}` is only how it is shown, and may be edited freely"
        )


def _refuse_foreign(definition: Definition) -> None:
    where = f"`{definition.name}` is defined in {paths.posix(definition.path)}"
    if definition.kind == "foreign-skill":
        raise RefusedError(f"{where}, in a folder of another product")
    if definition.scope == "user":
        raise RefusedError(f"{where}, which is yours in all projects; their files would lose it")
    if definition.scope == "plugin":
        raise RefusedError(f"{where}, which belongs to a plugin; whoever uses the plugin would lose it")


def check_name(view: View, file: File, found: Renaming, new: str) -> None:
    """Raises RefusedError unless ``new`` is a usable name that nothing else has."""
    if not _NAME.fullmatch(new) or len(new) > _MAX_LENGTH:
        raise RefusedError(f"`{new}` is no name: use letters, digits and hyphens, and no spaces")
    if not isinstance(resolve(new), str):
        raise RefusedError(f"`{new}` is no name: YAML reads it as a number or as true, false or nothing")
    for kind in _RIVALS[found.definition.kind]:
        for rival in view.seen_with(file.dialect.sees).lookup(kind, new):
            raise RefusedError(f"the {kind} `{rival.name}` is there already, in {paths.posix(rival.path)}")
        if new in file.dialect.facts.get("bundled", {}).get(f"{kind}s", ()):
            raise RefusedError(f"{file.dialect.product} has its own {kind} `{new}`")


def files_to_read(view: View, found: Renaming) -> list[str]:
    """The files that may name what is renamed, in structured places, in links or in prose."""
    moved = {old for old, _ in moves(view, found, "")}
    wanted = {path for path, _ in graph.mentions(view, found.subject)} | {found.definition.path}
    for facts in view.all_facts():
        if found.old in facts.spoken or any(
            mention.kind == "path" and any(paths.is_within(mention.name, place) for place in moved)
            for mention in facts.mentions
        ):
            wanted.add(facts.path)
    return sorted(wanted)


def moves(view: View, found: Renaming, new: str) -> Iterator[tuple[str, str]]:
    """The file or folder that carries the name, and where it belongs under the new one."""
    folder, file_name = os.path.split(found.definition.path)
    stem, ending = os.path.splitext(file_name)
    if found.definition.kind == "skill":
        yield folder, os.path.join(os.path.dirname(folder), new)
    elif stem == found.old:
        target = os.path.join(folder, new + ending)
        # An agent is found by its name, wherever it lies, so no other file need make room.
        if not view.is_known(target):
            yield found.definition.path, target


def change(view: View, found: Renaming, new: str, files: Iterable[File]) -> Change:
    """The change that gives the new name; mentions in prose are only offered."""
    moved = dict(moves(view, found, new))
    edits: dict[str, tuple[Edit, ...]] = {}
    offered: dict[str, tuple[Edit, ...]] = {}
    for file in files:
        if certain := tuple(sorted(_edits(view, file, found, new, moved), key=lambda edit: edit.span)):
            edits[file.path] = certain
        if spoken := tuple(Edit(span, new) for span in graph.spoken_spans(file, [found.old])):
            offered[file.path] = spoken
    return Change(edits, renames=moved, offered=offered)


def _edits(view: View, file: File, found: Renaming, new: str, moved: dict[str, str]) -> Iterator[Edit]:
    own = file.document.field("name")
    if file.path == found.definition.path and own and file.document.string("name") == found.old:
        yield _name_edit(file.text, own, found.old, new)
    for reference in graph.references_to(view, file, found.subject):
        if reference.kind not in FILE_KINDS:
            yield Edit(_exactly(file.text, reference.span, reference.name), new)
    for reference in file.references:
        if reference.kind in FILE_KINDS and (target := _new_link(file.path, reference, moved)):
            yield Edit(reference.span, target)


def _name_edit(text: Text, field: Field, old: str, new: str) -> Edit:
    span = field.value.inner if isinstance(field.value, Scalar) else field.value.span
    return Edit(_exactly(text, span, old), new)


def _exactly(text: Text, span: Span, name: str) -> Span:
    """The name itself within a value that may have an indicator of a block, or blanks, around it."""
    start = text.source.rfind(name, span.start, span.end)
    return Span(start, start + len(name)) if start >= 0 else span


def _new_link(path: str, reference: Reference, moved: dict[str, str]) -> str | None:
    """How a link is written once the files have moved; None where it can stay as it is."""
    target = resolve_path(path, reference.name)
    new_path, new_target = _relocated(path, moved), _relocated(target, moved)
    if resolve_path(new_path, reference.name) == new_target:
        return None
    raw, mark, rest = re.fullmatch(r"([^#?]*)([#?]?)(.*)", reference.name, re.DOTALL).groups()  # type: ignore[union-attr]
    written = paths.posix(os.path.relpath(new_target, os.path.dirname(new_path)))
    if raw.startswith("./") and not written.startswith("."):
        written = f"./{written}"
    if raw.endswith("/"):
        written += "/"
    return (quote(written) if unquote(raw) != raw else written) + mark + rest


def _relocated(path: str, moved: dict[str, str]) -> str:
    for old, new in moved.items():
        if paths.is_within(path, old):
            return new + path[len(old) :]
    return path

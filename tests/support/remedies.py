"""Fixes on trial: what is on offer, what a file becomes, and the promises that every fix has to keep."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from agentls import findings
from agentls.linter import engine, fix_all
from agentls.outcome.summarize import summarize
from agentls.semantics.file import read_file
from agentls.semantics.file_references import FILE_KINDS
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.workspace import Context, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.findings import Edit, Finding, Fix
    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from made import Made

_CERTAIN = " (certain)"
# What was said before such a repair was said about text that could not be read.
_UNVEILING = (
    "invalid-yaml",
    "unclosed-front-matter",
    "misplaced-front-matter",
    "misspelled-field",
    "missing-name",
    "block-of-names",
)
# What was one text is names then, each of which may be wrong.
_NAMES_UNVEILED = "Convert to a list"


def titles(made: Made, path: str) -> list[str]:
    """The titles of all fixes of a file, with a note on those that need no second look."""
    file = made.files[path]
    return [
        fix.title + (_CERTAIN if fix.is_safe else "")
        for finding in made.findings[path]
        for fix in engine.fixes(made.context(file), finding)
    ]


def fixed(made: Made, path: str, title: str) -> str | None:
    """The file after the first fix of that title, or after all certain ones; None if there is no such fix."""
    file, found = made.files[path], made.findings[path]
    if title == "all certain":
        certain = [fix for _, fix in fix_all.chosen_fixes(made.context(file), found, fix_all.safe_fix)]
        return applied(file, certain) if certain else None
    for finding in found:
        for fix in engine.fixes(made.context(file), finding):
            if fix.title == title:
                return applied(file, [fix])
    return None


def applied(file: File, fixes: Iterable[Fix]) -> str:
    return findings.apply(
        file.text.source, [edit for fix in fixes for edit in fix.change.edits.get(file.path, ())]
    )


# Their fixes say whose the file is, so that it may be another's afterwards.
_DECIDE_WHOSE_IT_IS = frozenset({"unknown-dialect"})


def check_fixes(made: Made, path: str) -> Iterator[str]:
    """What is wrong with any fix of a file, one complaint each.

    A fix edits its own file.  Afterwards the file is still of its dialect, is no harder to read, has one
    finding of the rule less, and every field that was not edited says what it said.
    """
    file = made.files[path]
    for finding in made.findings[path]:
        for fix in engine.fixes(made.context(file), finding):
            found = (
                _complaints_about_a_new_name(made, file, fix)
                if fix.change.renames and not fix.change.edits
                else _complaints(made, file, finding, fix)
            )
            for complaint in found:
                yield f"after `{fix.title}` {complaint}:\n{applied(file, [fix])}"


def _complaints(made: Made, file: File, finding: Finding, fix: Fix) -> Iterator[str]:
    if fix.change.creates:
        yield from _complaints_about_new_files(made, file, finding, fix)
        return
    if set(fix.change.edits) != {file.path}:
        yield "another file is changed, too"
        return
    after = read_file(file.path, applied(file, [fix]), made.surroundings)
    if finding.rule in _DECIDE_WHOSE_IT_IS:
        return
    if after is None or after.dialect.name != file.dialect.name:
        yield "the file is no longer of its dialect"
        return
    if len(after.document.problems) > len(file.document.problems):
        yield "the front matter is harder to read than before"
    found = engine.check(made.context(after))
    if _count(found, finding) >= _count(made.findings[file.path], finding):
        yield f"the finding `{finding.rule}` is still there"
    # Where text is no field, another one may turn it into one when it changes.
    is_unveiling = (
        finding.rule in _UNVEILING or file.document.problems or fix.title.startswith(_NAMES_UNVEILED)
    )
    if not is_unveiling and (new := _rules(found) - _rules(made.findings[file.path])):
        yield f"there are new findings: {', '.join(sorted(new))}"
    for own in file.document.fields:
        if own is file.document.field(own.name) and not _is_edited(file, own, fix):
            yield from _loss(file, own, after)


def _complaints_about_a_new_name(made: Made, file: File, fix: Fix) -> Iterator[str]:
    """A file that is only renamed keeps its text, and the finding is gone at its new place."""
    (renamed,) = fix.change.renames.values()
    if set(fix.change.renames) != {file.path}:
        yield "more than this file is renamed"
    read = read_file(renamed, file.text.source, made.surroundings)
    if read is None or not read.identity.is_loaded_from:
        yield f"no product loads the file `{renamed}`"


def _complaints_about_new_files(made: Made, file: File, finding: Finding, fix: Fix) -> Iterator[str]:
    """A fix that makes files changes none, what it makes is clean, and the finding is gone."""
    if fix.change.edits:
        yield "a file is changed, too"
    workspace = copy.deepcopy(made.view.workspace)
    view = View(workspace)
    for path, text in fix.change.creates.items():
        if workspace.is_known(path):
            yield f"{path} is overwritten"
        created = read_file(path, text, made.surroundings)
        workspace.update_paths({path: True})
        if created is None:
            if path not in _linked(file):
                yield f"{path} is a file of no dialect that nothing links to"
            continue
        workspace.put(summarize(created))
        for other in engine.check(Context(view, created)):
            yield f"{path} has the finding `{other.rule}`"
    if _count(engine.check(Context(view, file)), finding) >= _count(made.findings[file.path], finding):
        yield f"the finding `{finding.rule}` is still there"


def _linked(file: File) -> set[str]:
    return {file.targets(reference)[0] for reference in file.references if reference.kind in FILE_KINDS}


def _loss(file: File, field: Field, after: File) -> Iterator[str]:
    """What became of a field that the fix was not about."""
    if file.document.problems and field.name not in file.dialect.known:
        return  # below text that cannot be read only the known fields are told from that text
    if after.document.field(field.name) is None:
        yield f"the field `{field.name}` is gone"
    elif _is_readable(field) and after.values[field.name] != file.values[field.name]:
        yield f"the field `{field.name}` says something else"


def _is_readable(field: Field) -> bool:
    return not (isinstance(field.value, Scalar) and field.value.style is Style.RAW)


def _is_edited(file: File, field: Field, fix: Fix) -> bool:
    return any(_touches(edit, file, field) for edit in fix.change.edits[file.path])


def _touches(edit: Edit, file: File, field: Field) -> bool:
    """Whether an edit changes a field: something in its lines, or the comment behind it."""
    end = file.text.line_span(file.text.line_at(field.span.end)).end
    return edit.span.start <= end and field.span.start < edit.span.end


def _rules(found: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in found}


def _count(found: Iterable[Finding], like: Finding) -> int:
    """How many findings are of the same kind; one entry may hold several causes, of which one shows."""
    is_deep = like.rule in _UNVEILING
    return sum(f.rule == like.rule and (not is_deep or f.message == like.message) for f in found)

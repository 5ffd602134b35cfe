"""The one loop over the cases of the editor features; ``cases`` says how they are written."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

import cases
import made
from agentls.explain import report
from agentls.features import (
    call_hierarchy,
    code_actions,
    code_lenses,
    definition,
    document_colors,
    document_links,
    document_symbols,
    file_renames,
    folding_ranges,
    hover,
    inlay_hints,
    references,
    selection_ranges,
    semantic_tokens,
    workspace_symbols,
)
from agentls.features.completion import complete
from agentls.features.completion.cursor import typed_path
from agentls.findings import Change, Edit, apply
from agentls.refactoring import argument_names, move, new_names, rename
from agentls.semantics.declared_arguments import declared_argument_at
from agentls.semantics.file import File, OtherFile
from agentls.text.source import Span, Text
from agentls.workspace.symbols import symbol_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.features.completion.items import Completion

_ALL = cases.load("features")


def _place(path: str, line: int, start: int) -> str:
    return f"{made.shown(path)}:{line + 1}:{start + 1}"


def _completion(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    for one in _offered(workspace, file, cursor):
        yield f"{one.label} — {one.detail}" if one.detail else one.label


def _offered(workspace: made.Made, file: File, cursor: int) -> list[Completion]:
    typed = typed_path(file, cursor)
    names = workspace.names_in(typed.folders) if typed else []
    of_path = complete.parts_of_path(file, typed, names) if typed else []
    return complete.complete(workspace.context(file), cursor) + of_path


def _hover(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    context = workspace.context(file)
    if found := workspace.with_paths(lambda: hover.hover(context, cursor)):
        yield f"on `{file.text.slice(found.span)}`:"
        yield from found.markdown.split("\n")


def _loading(workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    text = (
        report.loading_section(workspace.context(file))
        .replace(made.PROJECT + os.sep, "")
        .replace(made.USER, "~")
    )
    yield from text.split("\n")


def _definition(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    for target in workspace.with_paths(lambda: _defined(workspace, file, cursor)):
        location = target.location
        name = location.line_text[location.start : location.end]
        place = _place(target.path, location.line, location.start)
        yield f"`{file.text.slice(target.origin)}` -> {place} `{name}`"


def _defined(workspace: made.Made, file: File | OtherFile, cursor: int) -> list[definition.Target]:
    if isinstance(file, OtherFile):
        return definition.definition_elsewhere(workspace.view, file, cursor)
    return definition.definition(workspace.context(file), cursor)


def _references(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    symbol = symbol_at(workspace.context(file), cursor)
    for occurrence in references.references(workspace.view, symbol) if symbol else ():
        location = occurrence.location
        name = location.line_text[location.start : location.end]
        note = ", the definition" if occurrence.is_definition else ""
        yield f"{_place(occurrence.path, location.line, location.start)} `{name}`{note}"


def _highlights(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    for found in references.highlights(workspace.context(file), cursor):
        line, start = file.text.position(found.span.start)
        note = ", the definition" if found.is_definition else ""
        yield f"{line + 1}:{start + 1} `{file.text.slice(found.span)}`{note}"


def _outline(_workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    yield from _symbols(file, document_symbols.outline(file), "")


def _symbols(file: File, symbols: Iterable[document_symbols.DocumentSymbol], indent: str) -> Iterator[str]:
    for symbol in symbols:
        first, last = (file.text.line_at(offset) + 1 for offset in (symbol.span.start, symbol.span.end))
        detail = f" — {symbol.detail}" if symbol.detail else ""
        name = file.text.slice(symbol.name_span)
        yield f"{indent}{symbol.kind.value} {symbol.name}{detail} ({first}-{last}, at `{name}`)"
        yield from _symbols(file, symbol.children, indent + "  ")


def _names(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    line = file.text.line_span(file.text.line_at(cursor))
    for one in workspace_symbols.symbols(workspace.view, file.text.slice(Span(line.start, cursor)).strip()):
        yield f"{one.scope} {one.kind} {one.name} {_place(one.path, one.location.line, one.location.start)}"


def _folding(_workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    for fold in folding_ranges.folds(file):
        yield f"{fold.first + 1}-{fold.last + 1} {fold.kind.value}"


def _selection(_workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    for span in selection_ranges.selections(file, cursor):
        shown = file.text.slice(span).replace("\r\n", "⏎").replace("\n", "⏎")
        yield f"`{shown}`"


def _calls(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    for root in call_hierarchy.roots(workspace.context(file), cursor):
        yield f"{root.scope} {root.kind} {root.name}"
        for call in call_hierarchy.outgoing(workspace.view, root):
            yield f"  reaches the {call.other.kind} {call.other.name}, {_spots(root.path, call)}"
        for call in call_hierarchy.incoming(workspace.view, root):
            yield f"  is reached by the {call.other.kind} {call.other.name}, {_spots(call.other.path, call)}"


def _spots(path: str, call: call_hierarchy.Call) -> str:
    return ", ".join(_place(path, place.line, place.start) for place in call.places)


def _rename(workspace: made.Made, file: File | OtherFile, cursor: int) -> Iterator[str]:
    """The new name stands in a comment of the front matter (``# to NAME``), or behind ``"to": `` in JSON."""
    new = re.search(r'# to ([^\r\n]*)|"to": "([^"]*)"', file.text.source)
    assert new, "the case has to say which name"
    name = new[1] or new[2]
    try:
        argument = isinstance(file, File) and declared_argument_at(file, cursor)
        if argument:
            yield from _changes(workspace, argument_names.rename_argument(file, argument, name))
            return
        if isinstance(file, OtherFile):
            found = rename.renaming_elsewhere(workspace.view, file, cursor)
        else:
            found = rename.renaming(workspace.context(file), cursor)
        if found is None:
            return
        rename.check_name(workspace.view, found, name)
    except new_names.NameRefusedError as reason:
        yield f"refused: {reason}".replace(made.PROJECT + "/", "").replace(made.USER, "~")
        return
    assert cursor in found.symbol.span
    yield from _changes(workspace, workspace.rename(found, name))


def _moves(workspace: made.Made, file: File | OtherFile, _cursor: int) -> Iterator[str]:
    """What moves stands in the text: ``# OLD -> NEW``."""
    pairs = re.findall(r"^# (\S+) -> (\S+)", file.text.source, re.MULTILINE)
    moved = {made.locate(old): made.locate(new) for old, new in pairs}
    assert moved, "the case has to say what moves"
    mentions = move.mentions_any(file_renames.words(workspace.view, moved))
    files = workspace.mentioning(file_renames.files_to_read(workspace.view, moved), mentions)
    followers = file_renames.followers(workspace.view, moved)
    change = workspace.with_paths(lambda: rename.change(workspace.view, followers.names, moved, files))
    yield from _changes(workspace, change)
    for complaint in followers.complaints:
        yield f"not renamed: {complaint}".replace(made.PROJECT + "/", "")


def _changes(workspace: made.Made, change: Change) -> Iterator[str]:
    texts = {path: file.text for path, file in {**workspace.files, **workspace.pages}.items()}
    for note, edits in (("", change.edits), ("offered: ", change.needs_confirmation)):
        for path, edit in [(path, edit) for path, own in edits.items() for edit in own]:
            line, start = texts[path].position(edit.span.start)
            yield f"{note}{_place(path, line, start)} `{texts[path].slice(edit.span)}` -> `{edit.text}`"
    for old, target in change.renames.items():
        yield f"move: {made.shown(old)} -> {made.shown(target)}"


def _links(workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    context = workspace.context(file)
    for link in workspace.with_paths(lambda: document_links.links(context)):
        line, start = file.text.position(link.span.start)
        note = f", {link.tooltip}" if link.tooltip else ""
        yield f"{line + 1}:{start + 1} `{file.text.slice(link.span)}` -> {made.shown(link.path)}{note}"


def _lenses(workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    context = workspace.context(file)
    for lens in code_lenses.lenses(context):
        line, _ = file.text.position(lens.span.start)
        yield f"{line + 1}: {lens.title}"
        wanted = [workspace.files[path] for path in code_lenses.files_to_read(context, lens.topic)]
        for occurrence in code_lenses.places(context, lens.topic, wanted, lens.span.start):
            yield f"  {_place(occurrence.path, occurrence.location.line, occurrence.location.start)}"


def _hints(workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    for hint in inlay_hints.hints(workspace.context(file), Span(0, len(file.text.source))):
        line, column = file.text.position(hint.offset)
        start = file.text.line_span(line).start
        yield f"`{file.text.source[start : start + column]}` = {hint.label}"


def _tokens(workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    for token in semantic_tokens.semantic_tokens(workspace.context(file)):
        line, start = file.text.position(token.span.start)
        modifiers = "".join(f" {name}" for name in token.modifiers)
        yield f"{line + 1}:{start + 1} `{file.text.slice(token.span)}` {token.type}{modifiers}"


def _swatches(_workspace: made.Made, file: File, _cursor: int) -> Iterator[str]:
    for swatch in document_colors.swatches(file):
        line, start = file.text.position(swatch.span.start)
        spellings = ", ".join(
            name for name, _ in document_colors.presentations(file, swatch.span, swatch.color)
        )
        shade = "#{:02X}{:02X}{:02X}".format(*swatch.color)
        yield f"{line + 1}:{start + 1} `{file.text.slice(swatch.span)}` is {shade}: {spellings}"


def _actions(workspace: made.Made, file: File, cursor: int) -> Iterator[str]:
    found = workspace.findings[file.path]
    for action in code_actions.actions(workspace.context(file), found, Span(cursor, cursor)):
        yield action.fix.title


_ANSWERS: dict[str, Callable[[made.Made, Any, int], Iterator[str]]] = {
    "completion": _completion,
    "hover": _hover,
    "loading": _loading,
    "definition": _definition,
    "references": _references,
    "highlights": _highlights,
    "call-hierarchy": _calls,
    "rename": _rename,
    "file-renames": _moves,
    "document-symbols": _outline,
    "workspace-symbols": _names,
    "folding-ranges": _folding,
    "selection-ranges": _selection,
    "document-links": _links,
    "code-lenses": _lenses,
    "inlay-hints": _hints,
    "semantic-tokens": _tokens,
    "document-colors": _swatches,
    "code-actions": _actions,
}


def _edits(feature: str, workspace: made.Made, file: File, cursor: int, choice: str) -> list[Edit]:
    """What is edited when something on offer is taken."""
    found = workspace.findings[file.path]
    if feature == "completion":
        return [Edit(one.span, one.text) for one in _offered(workspace, file, cursor) if one.label == choice]
    if feature == "document-colors":
        (swatch,) = document_colors.swatches(file)
        offers = document_colors.presentations(file, swatch.span, swatch.color)
        return [edit for name, edit in offers if name == choice]
    if choice == "all certain":
        change = code_actions.fix_all(workspace.context(file), found)
        return list(change.edits[file.path]) if change else []
    at_cursor = code_actions.actions(workspace.context(file), found, Span(cursor, cursor))
    return next(list(one.fix.change.edits[file.path]) for one in at_cursor if one.fix.title == choice)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _ALL])
def test_feature(case: cases.Case):
    workspace = made.make({source.path: source.text for source in case.sources})
    asked = [source for source in case.sources if source.answer is not None or source.answers]
    assert asked, "the case asks nothing"
    for source in asked:
        file = {**workspace.pages, **workspace.files}[made.locate(source.path)]
        cursor = source.cursor or 0
        answer = list(_ANSWERS[case.page](workspace, file, cursor))
        if source.answer is not None and not _fits(answer, source.answer):
            line, column = Text(source.text).position(cursor)
            pytest.fail(f"at {line + 1}:{column + 1} the answer is\n" + "\n".join(answer), pytrace=False)
        for choice, expected in source.answers:
            edits = _edits(case.page, workspace, file, cursor, choice)
            assert edits, f"{choice!r} is not among {answer}"
            assert source.draw(apply(source.text, edits)) == source.draw(source.read(expected))


def test_every_feature_has_cases():
    assert {case.page for case in _ALL} == set(_ANSWERS)


def _fits(answer: list[str], expected: list[str]) -> bool:
    """Whether the answer is the expected one, in which a line ``...`` stands for any lines."""
    if "..." not in expected:
        return answer == expected
    start = expected.index("...")
    rest = expected[start + 1 :]
    return answer[:start] == expected[:start] and any(
        _fits(answer[skipped:], rest) for skipped in range(start, len(answer) + 1)
    )

"""What must hold for one file in a small workspace: its findings, its fixes, every feature, its positions."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

import made
import remedies
import texts
from agentls.disk import FileContent
from agentls.explain import report
from agentls.features import (
    call_hierarchy,
    code_actions,
    code_lenses,
    definition,
    document_colors,
    document_links,
    document_symbols,
    folding_ranges,
    hover,
    inlay_hints,
    references,
    selection_ranges,
    workspace_symbols,
)
from agentls.features.completion import complete
from agentls.findings import apply
from agentls.indexing import effective_settings
from agentls.linter import engine, fix_all
from agentls.lsp import convert
from agentls.lsp.position_encoding import PositionEncoding
from agentls.refactoring import new_names, rename
from agentls.semantics.file import read_file
from agentls.settings.layers import Layer
from agentls.text import decoding, mojibake
from agentls.text.source import Span, Text
from agentls.workspace import symbols
from material_of_laws import any_json, unbroken

if TYPE_CHECKING:
    from agentls.semantics.file import File

_BYTES = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda head, tail: head + b"\n---\n" + tail, st.just(b"---\nname: a\ndescription: "), st.binary()
    ),
    *(
        texts.nearly_files.map(lambda text, codec=codec: text.encode(codec, "replace"))
        for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "mac-roman", "cp932")
    ),
)
_TEXTS = st.one_of(texts.nearly_files, texts.agent_files)
_NEIGHBOURS = {
    ".claude/skills/deploy/SKILL.md": "---\nname: deploy\ndescription: Deploys\n---\n\nAsk `reviewer`.\n",
    ".claude/agents/reviewer.md": "---\nname: reviewer\ndescription: Reviews\ntools: Agent(tester)\n---\n",
    ".mcp.json": '{"mcpServers": {"x": {"command": "x"}}}',
}


def _has_place(span: Span, file: File) -> bool:
    return 0 <= span.start <= span.end <= len(file.text.source)


# --- bytes to findings ---


@given(data=_BYTES, path=texts.paths)
def any_bytes_are_checked(data: bytes, path: str):
    """Every finding has a place in the text and a sentence; every fix edits within the text."""
    with unbroken():
        workspace = made.make({path: data, **_NEIGHBOURS})
        file = workspace.files.get(made.locate(path))
        if file is None:
            return
        for finding in workspace.findings[file.path]:
            assert _has_place(finding.span, file)
            assert finding.message.endswith((".", "?", "!"))
            for fix in engine.fixes(workspace.context(file), finding):
                for edit in fix.change.edits.get(file.path, ()):
                    assert _has_place(edit.span, file)


@given(source=st.one_of(texts.anything, any_json.map(json.dumps)), editor=any_json)
def any_settings_are_taken_or_refused_in_words(source: str, editor: object):
    for name in ("agentls.toml", "pyproject.toml"):
        found = FileContent(f"/project/{name}", source, decoding.Origin())
        _, complaints = effective_settings.effective_settings(found, Layer(editor, ("/project",), "editor"))
        assert all(isinstance(complaint, str) for complaint in complaints)


@given(
    source=st.one_of(
        texts.anything, any_json.map(json.dumps), any_json.map(lambda v: json.dumps({"mcpServers": v}))
    )
)
def any_list_of_servers_is_read(source: str):
    made.make({".mcp.json": source, "~/.claude.json": source, ".claude/agents/a.md": "---\nname: a\n---\n"})


@given(source=texts.anything)
def damage_is_found_in_order_and_in_place(source: str):
    end = 0
    for run in mojibake.find(source):
        assert end <= run.start < run.end <= len(source)
        end = run.end


# --- fixes ---


@given(source=texts.agent_files, path=texts.paths)
def a_fix_changes_what_it_names(source: str, path: str):
    with unbroken():
        workspace = made.make({path: source})
        assert list(remedies.check_fixes(workspace, made.locate(path))) == []


@given(source=_TEXTS, path=texts.paths, choose=st.sampled_from([fix_all.safe_fix, fix_all.likeliest_fix]))
def repairing_twice_is_repairing_once(source: str, path: str, choose: fix_all.Choose):
    """And nothing becomes harder to read."""
    with unbroken():
        workspace = made.make({path: source})
        file = workspace.files.get(made.locate(path))
        if file is None:
            return
        once = _repaired(workspace, file, choose)
        assert len(once.document.problems) <= len(file.document.problems)
        assert _repaired(workspace, once, choose).text.source == once.text.source


def _repaired(workspace: made.Made, file: File, choose: fix_all.Choose) -> File:
    return fix_all.fix_all(workspace.context(file), workspace.surroundings, choose, lambda _: True).file


# --- features ---


@given(source=_TEXTS, path=texts.paths, data=st.data())
def every_feature_answers_at_any_offset(source: str, path: str, data: st.DataObject):
    with unbroken():
        workspace = made.make({**_NEIGHBOURS, path: source})
        file = workspace.files.get(made.locate(path))
        if file is None:
            return
        offsets = st.integers(0, len(source))
        one, other = data.draw(offsets), data.draw(offsets)
        _ask_at(workspace, file, one)
        _ask_about(workspace, file, Span(min(one, other), max(one, other)))
        _rename(workspace, file, one)


def _ask_at(workspace: made.Made, file: File, offset: int) -> None:
    context = workspace.context(file)
    view = context.view
    for offered in complete.complete(context, offset):
        assert _has_place(offered.span, file)
        assert offered.span.start <= offset
    if told := workspace.with_paths(lambda: hover.hover(context, offset)):
        assert _has_place(told.span, file)
        convert.plain(told.markdown)
    for target in workspace.with_paths(lambda: definition.definition(context, offset)):
        assert offset in target.origin
    for highlight in references.highlights(context, offset):
        assert _has_place(highlight.span, file)
    if symbol := symbols.symbol_at(context, offset):
        assert _has_place(symbol.span, file)
        references.references(view, symbol)
    for root in call_hierarchy.roots(context, offset):
        call_hierarchy.outgoing(view, root)
        call_hierarchy.incoming(view, root)
    spans = selection_ranges.selections(file, offset)
    assert all(offset in span for span in spans)
    for inner, outer in itertools.pairwise(spans):
        assert outer.start <= inner.start <= inner.end <= outer.end
    list(workspace_symbols.symbols(view, file.text.source[offset : offset + 5]))


def _ask_about(workspace: made.Made, file: File, stretch: Span) -> None:
    context, edits = workspace.context(file), []
    for symbol in document_symbols.outline(file):
        assert symbol.span.start <= symbol.name_span.start <= symbol.name_span.end <= symbol.span.end
    for fold in folding_ranges.folds(file):
        assert 0 <= fold.first < fold.last < len(file.text.line_starts)
    assert all(
        _has_place(link.span, file) for link in workspace.with_paths(lambda: document_links.links(context))
    )
    for lens in code_lenses.lenses(context):
        assert _has_place(lens.span, file)
        code_lenses.places(context, lens.topic, [file], lens.span.start)
    assert all(0 <= hint.offset <= len(file.text.source) for hint in inlay_hints.hints(context, stretch))
    report.readers_section(context)
    report.tool_access_section(context)
    for swatch in document_colors.swatches(file):
        edits += [edit for _, edit in document_colors.presentations(file, swatch.span, swatch.color)]
    for action in code_actions.actions(context, workspace.findings[file.path], stretch):
        own = action.fix.change.edits.get(file.path, ())
        apply(file.text.source, list(own))
        edits += own
    assert all(_has_place(edit.span, file) for edit in edits)


def _rename(workspace: made.Made, file: File, offset: int) -> None:
    context = workspace.context(file)
    try:
        wanted = rename.renaming(context, offset)
        if wanted is None:
            return
        rename.check_name(context.view, wanted, "fresh-name")
    except new_names.NameRefusedError:
        return
    change = workspace.rename(wanted, "fresh-name")
    for path, edits in change.edits.items():
        before = {**workspace.pages, **workspace.files}[path].text.source
        after = read_file(path, apply(before, list(edits)), workspace.surroundings)
        assert (after is not None) == (path in workspace.files)


# --- positions ---


@given(
    source=texts.anything,
    line=st.integers(0, 20),
    column=st.integers(0, 90),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def a_position_means_what_a_slow_reader_makes_of_it(source: str, line: int, column: int, encoding: str):
    expected = _slow_offset(source, line, column, encoding)
    assert convert.offset(Text(source), types.Position(line, column), PositionEncoding(encoding)) == expected


def _slow_offset(source: str, line: int, column: int, encoding: str) -> int:
    """Character by character, as the specification tells it."""
    offset = 0
    for _ in range(line):
        while offset < len(source) and source[offset] not in "\r\n":
            offset += 1
        if offset == len(source):
            return offset
        offset += 2 if source[offset : offset + 2] == "\r\n" else 1
    units = 0
    while offset < len(source) and source[offset] not in "\r\n":
        size = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
        width = len(source[offset].encode(size, "surrogatepass"))
        units += width // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        if units > column:
            break
        offset += 1
    return offset

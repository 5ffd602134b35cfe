"""Laws that hold for every fix of every rule in any file; the cases of a rule try each on its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import made
import remedies
import texts
from agentls.linter import engine, fix_all
from agentls.semantics.file import read_file


@given(texts.agent_files, texts.paths)
def test_a_fix_mends_what_it_names_and_nothing_else(source: str, path: str):
    workspace = made.make({path: source})
    assert list(remedies.check_fixes(workspace, made.locate(path))) == []


@given(st.one_of(texts.nearly_files, texts.agent_files), texts.paths)
def test_any_file_can_be_checked_and_every_finding_has_a_place_and_words(source: str, path: str):
    workspace = made.make({path: source})
    for finding in workspace.findings[made.locate(path)]:
        assert 0 <= finding.span.start <= finding.span.end <= len(source)
        assert finding.message.endswith((".", "?", "!"))
        for fix in engine.fixes(workspace.context(workspace.files[made.locate(path)]), finding):
            for edit in fix.change.edits.get(made.locate(path), ()):
                assert 0 <= edit.span.start <= edit.span.end <= len(source)


@given(texts.agent_files, texts.paths)
def test_all_certain_repairs_come_to_an_end(source: str, path: str):
    """Pass after pass there is less to do, and then nothing."""
    place = made.locate(path)
    workspace = made.make({path: source})
    file = workspace.files[place]
    for _ in range(12):
        context = workspace.context(file)
        fixes = list(fix_all.chosen_fixes(context, engine.check(context), fix_all.safe_fix))
        if not fixes:
            return
        after = read_file(place, remedies.applied(file, [fixes[0][1]]), workspace.surroundings)
        assert after
        assert after.text.source != file.text.source, fixes[0]
        file = after
    assert not fixes

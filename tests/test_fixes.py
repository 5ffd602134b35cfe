"""Laws that hold for every fix of every rule in any file; the cases of a rule try each on its own."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made
import remedies
import texts
from agentls import checking, repair
from agentls import file as files

_PATHS = st.sampled_from(
    [".claude/agents/reviewer.md", ".claude/skills/reviewer/SKILL.md", ".claude/commands/reviewer.md"]
)
_LINES = st.sampled_from(
    [
        *("name: reviewer", "name: Team:Reviewer", "name: 42", "name:", 'name: "x" # y', "Name: reviewer"),
        *("description: Reviews code", "description: Reviews: code", "description: >-\n  Reviews\n  code"),
        *(
            "description:",
            "description: Examples\n<example>\nuser: hi",
            "description: 'x' y",
            "desciption: x",
        ),
        *(
            "tools: Read, Gerp, LS, Task",
            "tools:\n  - Read\n  - MultiEdit # old\n  - Edit",
            "tools: [gerp, Read]",
        ),
        *(
            "tools: git, npm",
            "tools: |\n  Read\n  Gerp",
            "tools:",
            "tools: AskUserQuestion, Read",
            "tools: 42",
        ),
        *(
            "allowed-tools: Read, LS",
            "allowedTools: Gerp",
            "disallowedTools: [Bash, Gerp]",
            "tools:\n\t- Read",
        ),
        *("skills: deploy, verfy", "skills:\n- simplfy\n- x", "color: '#F52'", "color: #F52", "color: Red"),
        *("permissionMode: accept-edits", "maxTurns: many", "flavour: sweet", "mode: 🚀", "# comment", ""),
        *("model: opus", "memory: projct", "hooks: {Stop: none}", "- stray", "mcpServers: x", "🚀: é"),
    ]
)
_FILES = st.builds(
    lambda lines, newline, body: ("---\n" + "\n".join(lines) + "\n---\n" + body).replace("\n", newline),
    st.lists(_LINES, min_size=1, max_size=7),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "# Body\n\nSee ./none.md.\n", "Tools — done\n"]),
)


@given(_FILES, _PATHS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_fix_mends_what_it_names_and_nothing_else(source: str, path: str):
    workspace = made.make({path: source})
    assert list(remedies.check_fixes(workspace, made.locate(path))) == []


@given(st.one_of(texts.nearly_files, _FILES), _PATHS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_file_can_be_checked_and_every_finding_has_a_place_and_words(source: str, path: str):
    workspace = made.make({path: source})
    for finding in workspace.findings[made.locate(path)]:
        assert 0 <= finding.span.start <= finding.span.end <= len(source)
        assert finding.message.endswith((".", "?", "!"))
        for fix in checking.fixes(workspace.view, workspace.files[made.locate(path)], finding):
            for edit in fix.change.edits.get(made.locate(path), ()):
                assert 0 <= edit.span.start <= edit.span.end <= len(source)


@given(_FILES, _PATHS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_all_certain_repairs_come_to_an_end(source: str, path: str):
    """Pass after pass there is less to do, and then nothing."""
    place = made.locate(path)
    workspace = made.make({path: source})
    file, view = workspace.files[place], workspace.view
    for _ in range(12):
        fixes = list(repair.chosen(view, file, checking.check(view, file), repair.certain))
        if not fixes:
            return
        after = files.read(place, remedies.applied(file, [fixes[0][1]]), workspace.surroundings)
        assert after
        assert after.text.source != file.text.source, fixes[0]
        file = after
    assert not fixes

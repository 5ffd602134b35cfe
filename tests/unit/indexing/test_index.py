"""What the index knows of closed files: as they are, under the settings that count now."""

from __future__ import annotations

import pytest

import at_once
from agentls.session.state import Session

_SKILL = "---\ndescription: Looks up\n{}---\n"


@pytest.mark.parametrize(
    ("setting", "field"),
    [
        # The field came with 2.1.152; before, nothing in it is a name.
        ('target-version = "2.1.100"', "disallowed-tools: mcp__books__find\n"),
        # What is the user's own does not count for it then.
        ("user-scope = false", ""),
        ('[dialects]\n"**/SKILL.md" = "none"', ""),
    ],
)
def test_a_setting_that_changes_what_a_closed_file_says_has_it_read_again(tmp_path, setting, field):
    path = tmp_path / ".claude" / "skills" / "look" / "SKILL.md"
    path.parent.mkdir(parents=True)
    path.write_text(_SKILL.format(field))
    session = Session(at_once.AtOnce(), at_once.NoEvents())
    session.open_folders([str(tmp_path)])
    session.configure({})
    session.rescan()
    before = session.workspace.summary(str(path))
    assert before.definitions
    configuration = tmp_path / "agentls.toml"
    configuration.write_text(f"{setting}\n")
    session.changed_on_disk([str(configuration)])
    after = session.workspace.summary(str(path))
    assert after != before
    configuration.unlink()
    session.changed_on_disk([str(configuration)])
    assert session.workspace.summary(str(path)) == before

"""What the index knows of closed files: as they are, under the settings that count now."""

from __future__ import annotations

import os
import time

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


_MANY = 10_000


def _shared_skills(root, count):
    (root / ".claude" / "skills").mkdir(parents=True)
    for number in range(count):
        folder = root / ".agents" / "skills" / f"s{number}"
        folder.mkdir(parents=True)
        (folder / "SKILL.md").write_text(_SKILL.format(""))
        (root / ".claude" / "skills" / f"s{number}").symlink_to(folder)


def _seconds(run):
    begun = time.process_time()
    run()
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_storm_of_changes_costs_no_more_beside_many_links(tmp_path):
    """Each change was compared with each link, on the loop: 15 million comparisons, a minute."""
    times = []
    for count in (1, 1000):
        root = tmp_path / str(count)
        _shared_skills(root, count)
        session = at_once.session(root)
        assert len(session.index.linked_folders) == count
        changed = [str(root / "src" / f"file{number}.py") for number in range(_MANY)]
        times.append(_seconds(lambda: session.changed_on_disk(changed)))  # noqa: B023  called at once
    assert times[1] < 3 * times[0] + 1


@pytest.mark.slow
def test_a_storm_of_unknown_paths_costs_no_more_beside_many_files(tmp_path):
    session = at_once.session(tmp_path)
    known = {str(tmp_path / ".claude" / "agents" / f"a{number}.md"): (1, 1) for number in range(_MANY)}
    gone = [str(tmp_path / ".claude" / "agents" / f"gone{number}.md") for number in range(_MANY)]
    alone = _seconds(lambda: session.changed_on_disk(gone))
    session.index.stamps |= known
    beside = _seconds(lambda: session.changed_on_disk(gone))
    assert session.index.stamps.keys() >= known.keys()
    assert beside < 3 * alone + 0.5


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_change_is_seen_at_each_path_of_a_shared_folder(tmp_path):
    _shared_skills(tmp_path, 3)
    session = at_once.session(tmp_path)
    for place in (".agents", ".agents/skills/s1", ".agents/skills/s1/SKILL.md", ".claude/skills/s1"):
        path = tmp_path / ".agents" / "skills" / "s1" / "SKILL.md"
        path.write_text(_SKILL.format(f"argument-hint: {place}\n"))
        session.changed_on_disk([str(tmp_path / place)])
        for folder in (".agents", ".claude"):
            found = session.workspace.summary(str(tmp_path / folder / "skills" / "s1" / "SKILL.md"))
            assert found.definitions, (place, folder)
    (tmp_path / ".agents" / "skills" / "s1" / "SKILL.md").unlink()
    session.changed_on_disk([str(tmp_path / ".agents" / "skills" / "s1")])
    assert not session.workspace.is_known(str(tmp_path / ".claude" / "skills" / "s1" / "SKILL.md"))

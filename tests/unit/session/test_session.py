"""What a session keeps of documents that come and go."""

from __future__ import annotations

import at_once
from agentls.semantics.summary import Definition, FileSummary
from agentls.text.source import Location

AGENT = "---\nname: helper\ndescription: Helps\ntools: Read\n---\n\nHelp.\n"


def test_a_closed_file_that_is_deleted_is_forgotten(tmp_path):
    path = tmp_path / ".claude" / "agents" / "helper.md"
    path.parent.mkdir(parents=True)
    path.write_text(AGENT)
    session = at_once.session(tmp_path)
    session.open(path.as_uri(), 1, AGENT)
    session.close(path.as_uri())
    path.unlink()
    session.changed_on_disk([str(path)])
    assert not session.workspace.all("agent")


def test_what_a_closed_document_asked_for_is_forgotten(tmp_path):
    """Else everybody who was ever open would be told of every name."""
    uri = (tmp_path / ".claude" / "agents" / "helper.md").as_uri()
    session = at_once.session(tmp_path)
    session.open(uri, 1, AGENT.replace("tools: Read", "skills: deploy"))
    assert [finding.rule for finding in session.findings(uri)] == ["missing-skill"]
    path = str(tmp_path / ".claude" / "skills" / "deploy" / "SKILL.md")
    skill = FileSummary(path, (Definition("skill", "deploy", path, Location(), "project"),))
    assert session.workspace.put(skill) == {uri}
    session.close(uri)
    assert session.workspace.drop(path) == set()


def test_a_file_that_cannot_be_read_any_more_says_nothing(tmp_path):
    path = tmp_path / ".claude" / "agents" / "helper.md"
    path.parent.mkdir(parents=True)
    path.write_text(AGENT)
    session = at_once.session(tmp_path)
    # No product loads one as large.
    path.write_text(AGENT + "x" * (2 << 20))
    session.rescan()
    assert not session.workspace.all("agent")


def test_a_document_that_is_open_twice_counts_until_both_are_closed(tmp_path):
    path = tmp_path / ".claude" / "agents" / "helper.md"
    session = at_once.session(tmp_path)
    uris = [path.as_uri(), path.as_uri().replace("helper", "%68elper")]
    for uri in uris:
        session.open(uri, 1, AGENT)
    session.close(uris[1])
    assert session.is_open(str(path))
    session.close(uris[0])
    assert not session.is_open(str(path))

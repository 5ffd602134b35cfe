"""What is remembered between runs is just what would be found; damage to it costs time, nothing else."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cases
from agentls import batch, disk
from agentls.indexing import findings_cache
from agentls.system import parallel
from agentls.text.decoding import Origin, decode
from agentls.text.source import Text
from command_line import run

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(autouse=True)
def _small(monkeypatch, tmp_path):
    """Few files are enough for all that is meant for many; nothing of this machine's user is seen."""
    monkeypatch.setattr(batch.project_files, "_LEAST_REMEMBERED", 0)
    monkeypatch.setattr(batch.checking, "_LEAST_PER_CORE", 2)
    monkeypatch.setattr(findings_cache, "_WORTH_WRITING", -1)
    if sys.platform == "linux":
        monkeypatch.setattr(parallel, "cores", lambda: 3)
    for name, value in {
        "HOME": "home",
        "USERPROFILE": "home",
        "XDG_CACHE_HOME": "cache",
        "LOCALAPPDATA": "cache",
        "CLAUDE_CONFIG_DIR": "claude",
    }.items():
        monkeypatch.setenv(name, str(tmp_path / value))


def found(folder: str, **remembering):
    """Everything that is reported, as plain data, and how many files it was taken from the cache for."""
    read = batch.read([folder], **remembering)
    reports = [
        (report.path, report.text.source, report.findings, report.fixable) for report in batch.check(read)
    ]
    batch.store(read)
    return reports, read


def check(folder: str) -> int:
    """Found anew and found with the cache must be the same; how many files the cache answered for."""
    fresh, _ = found(folder)
    first, _ = found(folder, remember=disk.load_cache)
    again, read = found(folder, remember=disk.load_cache)
    assert first == fresh
    assert again == fresh
    return sum(source.cached is not None for source in read.sources)


@pytest.mark.slow
def test_every_case_is_remembered_as_it_was_found(tmp_path):
    project = tmp_path / "project"
    taken: set[str] = set()
    for case in cases.load("rules", "dialects"):
        folder = f"{len(taken)}"
        for source in case.sources:
            path = project / folder / source.path.removeprefix("~/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.content if isinstance(source.content, bytes) else _bytes(source.content))
        taken.add(folder)
    assert check(str(project)) > 300


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_AGENT = "---\nname: {name}\ndescription: Does {name}\n{more}---\n\n{body}\n"
_TEXTS = st.builds(
    lambda name, more, body: _AGENT.format(name=name, more=more, body=body),
    st.sampled_from(["alpha", "beta", "gamma"]),
    st.sampled_from(
        [
            "",
            "skills: [one, tow]\n",
            "skills: one\n",
            "tools: Read, Agent(alpha, betta)\n",
            "tools: git, mcp__search__find\n",
            "color: teal\n",
            "maxTurns: many\n",
            "model: [\n",
        ]
    ),
    st.sampled_from(
        ["Plain.", "See [it](./there.md) and ./gone.md.", "It is `one` — âœ… done.", "\x08ack \u00a0x"]
    ),
)
_PLACES = st.sampled_from(
    [
        ".claude/agents/a.md",
        ".claude/agents/b.md",
        ".claude/agents/deep/c.md",
        ".claude/skills/one/SKILL.md",
        ".claude/skills/two/SKILL.md",
        "plugin/agents/d.md",
        "notes/e.md",
    ]
)
_SETTINGS = st.sampled_from(
    [
        'known-tools = ["git"]\n',
        '[rules]\nunknown-color = "off"\n',
        '[rules]\nmissing-skill = "error"\n',
        "x = 1\n",
    ]
)
_OTHERS = st.sampled_from(
    [
        (".claude/agents/there.md", "Just notes.\n"),
        (".mcp.json", '{"mcpServers": {"search": {"command": "x"}}}'),
        ("plugin/.claude-plugin/plugin.json", '{"name": "team"}'),
    ]
)


class _Recoded(NamedTuple):
    """The same text in other bytes."""

    codec: str


_CODECS = st.builds(_Recoded, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
_STEPS = st.lists(
    st.one_of(
        st.tuples(_PLACES, _TEXTS),
        st.tuples(_PLACES, _CODECS),
        st.tuples(_PLACES, st.none()),
        st.tuples(st.just("agentls.toml"), _SETTINGS | st.none()),
        _OTHERS,
        _OTHERS.map(lambda other: (other[0], None)),
    ),
    min_size=2,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=30)
@given(_STEPS)
def test_edits_of_files_neighbours_and_settings_are_noticed(steps):
    with tempfile.TemporaryDirectory() as folder:
        # Each asks for something that a step may bring or take away.
        for name, more, body in (
            ("a", "skills: [one, tow]\ncolor: teal\n", "See [it](./there.md) and ./gone.md."),
            ("b", "tools: Agent(alpha, betta), mcp__search__find, git\n", "It is `one`."),
        ):
            _put(folder, f".claude/agents/{name}.md", _AGENT.format(name=name, more=more, body=body))
        check(folder)
        for name, content in steps:
            _put(folder, name, content)
            check(folder)


def _put(folder: str, name: str, content: str | _Recoded | None) -> None:
    path = Path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        path.unlink(missing_ok=True)
    elif isinstance(content, _Recoded):
        if path.exists():
            path.write_bytes(decode(path.read_bytes())[0].encode(content.codec, "replace"))
    else:
        path.write_text(content, "utf-8", newline="")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    for name in ("a", "b", "c"):
        _put(
            str(folder),
            f".claude/agents/{name}.md",
            _AGENT.format(name=name, more="color: teal\n", body="Plain."),
        )
    return folder


def _kept() -> list[Path]:
    return sorted(Path(disk.cache_folder()).glob("*"))


def test_what_has_not_changed_is_not_checked_again(project, monkeypatch):
    fresh, _ = found(str(project), remember=disk.load_cache)
    monkeypatch.setattr(batch.checking, "_check", lambda *_: pytest.fail("checked again"))
    assert found(str(project), remember=disk.load_cache)[0] == fresh


def test_a_skill_that_appears_is_noticed_by_those_that_asked_for_it(project):
    _put(str(project), ".claude/agents/a.md", _AGENT.format(name="a", more="skills: one\n", body="Plain."))
    before, _ = found(str(project), remember=disk.load_cache)
    _put(str(project), ".claude/skills/one/SKILL.md", "---\nname: one\ndescription: Is one\n---\n")
    after, read = found(str(project), remember=disk.load_cache)
    assert "missing-skill" in {finding.rule for finding in before[0][2]}
    assert "missing-skill" not in {finding.rule for finding in after[0][2]}
    assert read.sources[0].cached, "what the file says itself was still known"


@pytest.mark.parametrize("damage", [b"", b"{}", b"x" * 100, None])
def test_a_damaged_cache_is_none(project, damage):
    fresh, _ = found(str(project), remember=disk.load_cache)
    (kept,) = _kept()
    kept.write_bytes(kept.read_bytes()[:-20] if damage is None else damage)
    assert found(str(project), remember=disk.load_cache)[0] == fresh
    assert found(str(project), remember=disk.load_cache)[1].sources[0].cached, "it is written anew"


def test_without_a_place_for_it_nothing_is_remembered(project, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    (tmp_path / "Library").write_text("in the way")
    assert found(str(project), remember=disk.load_cache)[0] == found(str(project))[0]


def test_another_program_remembers_nothing_of_this_one(project, monkeypatch):
    found(str(project), remember=disk.load_cache)
    monkeypatch.setattr(disk, "program_digest", lambda: "another")
    assert found(str(project), remember=disk.load_cache)[1].sources[0].cached is None


def test_the_program_is_told_by_the_bytes_of_its_files(monkeypatch):
    before = disk.program_digest()
    assert disk.program_digest() == before
    original = disk.cache_files.read_or_raise
    monkeypatch.setattr(
        disk.cache_files,
        "read_or_raise",
        lambda path, limit: original(path, limit).replace(b"teal", b"TEAL"),
    )
    assert disk.program_digest() != before


def test_the_oldest_goes(monkeypatch):
    monkeypatch.setattr(disk.cache_files, "_MOST_FILES", 2)
    for number in range(4):
        disk.save_cache(f"n{number}", b"{}")
        os.utime(Path(disk.cache_folder(), f"n{number}.json"), (number, number))
    assert [path.name for path in _kept()] == ["n2.json", "n3.json"]


_ORIGINS = {
    "as it is": Origin(),
    "in another encoding": Origin("windows-1252"),
    "with a mark": Origin(has_byte_order_mark=True),
    "with other bytes": Origin(data=b"\xff"),
}


def test_a_file_is_told_from_another_by_all_that_is_read_of_it():
    """The same text says something else about a file in another encoding, or behind a byte order mark."""
    found = [disk.FileContent("/p/a.md", "text", origin) for origin in _ORIGINS.values()]
    found += [disk.FileContent("/p/b.md", "text", Origin()), disk.FileContent("/p/a.md", "other", Origin())]
    # What is text in one file is bytes in the other.
    found += [
        disk.FileContent("/p/a.md", "a\0b", Origin()),
        disk.FileContent("/p/a.md", "a", Origin(data=b"\0b")),
    ]
    keys = {findings_cache.key(one, context) for one in found for context in ("", "settings")}
    assert len(keys) == 2 * len(found)


def test_a_byte_order_mark_that_is_added_is_noticed(project):
    path = project / ".claude" / "agents" / "a.md"
    before, _ = found(str(project), remember=disk.load_cache)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    after, _ = found(str(project), remember=disk.load_cache)
    assert [finding.rule for finding in before[0][2]] == ["unknown-color"]
    assert [finding.rule for finding in after[0][2]] == ["byte-order-mark", "unknown-color"]


def test_how_long_another_files_text_is_makes_no_difference(project, monkeypatch):
    _put(str(project), ".claude/agents/a.md", _AGENT.format(name="a", more="skills: one\n", body="Plain."))
    _put(str(project), ".claude/skills/one/SKILL.md", "---\nname: one\ndescription: Is one\n---\n")
    found(str(project), remember=disk.load_cache)
    _put(str(project), ".claude/skills/one/SKILL.md", "---\nname: one\ndescription: Is one\n---\n\nMore.\n")
    original, checked = batch.checking._check, []  # noqa: SLF001
    monkeypatch.setattr(parallel, "cores", lambda: 1)
    monkeypatch.setattr(
        batch.checking,
        "_check",
        lambda w, s: checked.append(os.path.basename(s.found.path)) or original(w, s),
    )
    found(str(project), remember=disk.load_cache)
    assert checked == ["SKILL.md"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just("missing-skill"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=6,
)


def _changed(data: st.DataObject, value: object) -> object:
    """The same with another value somewhere in it."""
    if isinstance(value, dict | list) and value and data.draw(st.integers(0, 6)):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = data.draw(st.sampled_from(list(keys)))
        value[key] = _changed(data, value[key])
        return value
    return data.draw(_JSON)


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
def test_whatever_lies_there_in_its_place_is_no_crash(data):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{folder}/cache")
        patch.setenv("LOCALAPPDATA", f"{folder}/cache")
        patch.setattr(parallel, "cores", lambda: 1)
        _put(
            folder,
            "p/.claude/agents/a.md",
            _AGENT.format(name="a", more="skills: [one, tow]\n", body="See ./x.md."),
        )
        found(f"{folder}/p", remember=disk.load_cache)
        for path in Path(disk.cache_folder()).glob("*"):
            kept = json.loads(path.read_bytes().partition(b"\n")[2])
            disk.save_cache(path.stem, json.dumps(_changed(data, kept)).encode("ascii"))
        for reports, _ in (
            found(f"{folder}/p", remember=disk.load_cache),
            found(f"{folder}/p", remember=disk.load_cache),
        ):
            for _, source, findings, _ in reports:
                text = Text(source)
                assert all(text.position(f.span.start) >= (0, 0) and str(f.message) for f in findings)


@pytest.mark.parametrize("content", [b"[]", b"5", b"null", b"[" * 100_000, b"\xff", b'{"a": 1}'])
def test_a_foreign_file_in_its_place_counts_for_nothing_and_is_written_anew(project, content):
    fresh, _ = found(str(project), remember=disk.load_cache)
    (kept,) = _kept()
    disk.save_cache(kept.stem, content)
    assert found(str(project), remember=disk.load_cache)[0] == fresh
    assert found(str(project), remember=disk.load_cache)[1].sources[0].cached, "it is written anew"


@pytest.mark.parametrize("foreign", [[], {}, 5, [[], []], None])
def test_a_foreign_entry_counts_for_nothing_and_is_written_anew(project, monkeypatch, foreign):
    monkeypatch.setattr(findings_cache, "_WORTH_WRITING", 2)
    monkeypatch.setattr(findings_cache.Cache, "_news", 10)
    fresh, _ = found(str(project), remember=disk.load_cache)
    monkeypatch.setattr(findings_cache.Cache, "_news", 0)
    (kept,) = _kept()
    entries = json.loads(kept.read_bytes().partition(b"\n")[2])
    disk.save_cache(kept.stem, json.dumps(dict.fromkeys(entries, foreign)).encode("ascii"))
    assert found(str(project), remember=disk.load_cache)[0] == fresh
    cached = found(str(project), remember=disk.load_cache)[1].sources[0].cached
    assert cached or foreign is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")
@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_work_on_several_cores_comes_back_in_order(count):
    here = os.getpid()
    done = list(parallel.parallel_map(lambda item: [item, os.getpid()], range(count), 2))
    assert [item for item, _ in done] == list(range(count))
    assert (len({process for _, process in done} - {here}) == 2) == (count >= 6)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")
def test_a_helper_that_dies_is_no_loss():
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here and item == 80:
            os._exit(1)
        return item * 2

    assert list(parallel.parallel_map(work, range(100), 2)) == [item * 2 for item in range(100)]


@pytest.mark.slow
def test_the_command_remembers_unless_told_not_to(project, tmp_path):
    for number in range(50):
        _put(
            str(project),
            f".claude/agents/n{number}.md",
            _AGENT.format(name=f"n{number}", more="", body="Plain."),
        )

    alone = run("check", "--no-cache", str(project))
    assert not (tmp_path / "cache").exists()
    first = run("check", str(project))
    assert _kept() or sys.platform == "darwin"
    second = run("check", str(project))
    assert alone.stdout == first.stdout == second.stdout
    assert alone.returncode == second.returncode == 1
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)

"""``agentls check``: what is found where, and how it is told."""

from __future__ import annotations

import os

import pytest

from agentls.cli.output.report_formats import FORMATS
from command_line import BROKEN, HEALTHY, HINTED, found, posix_only, run, write


@pytest.mark.parametrize(
    ("content", "code", "ending"),
    [
        (HEALTHY, 0, "1 file checked, no problems found"),
        (HINTED, 0, "1 hint in 1 of 1 file"),
        (BROKEN, 1, "1 warning in 1 of 1 file"),
        (HEALTHY.replace("Read, Grep", "git"), 1, "1 error in 1 of 1 file"),
    ],
)
def test_exit_codes(project, content, code, ending):
    write(project, "reviewer.md", content)
    done = run("check")
    assert done.returncode == code
    assert done.stdout.splitlines()[-1].startswith(ending)
    assert done.stderr == ""


def test_an_unreadable_path_is_told_and_the_others_are_checked(project):
    path = write(project, "reviewer.md", BROKEN)
    done = run("check", "nowhere.md", str(path), "")
    assert done.returncode == 2
    assert "agentls: cannot read nowhere.md: No such file or directory\n" in done.stderr
    assert "unknown-tool" in done.stdout
    assert done.stdout.endswith("1 of 1 file; 2 paths could not be read\n")


@pytest.mark.usefixtures("project")
def test_no_agent_file_says_where_it_looked():
    done = run("check", ".")
    assert done.returncode == 0
    assert "No agent file found in" in done.stdout
    assert "Searched .agent, .agents, .augment, .claude, .cline, " in done.stdout
    assert found() == []


@pytest.mark.usefixtures("project")
def test_where_it_looked_is_not_said_of_what_could_not_be_read():
    done = run("check", "nowhere.md", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "agentls: cannot read nowhere.md: No such file or directory\n"
        "agentls: cannot read '': No such file or directory\n"
    )


def test_what_is_the_same_in_several_places_is_said_once(project):
    write(project, "reviewer.md", HEALTHY + "\nIt doesnâ€™t.\n\nIt isnâ€™t, it wonâ€™t â€“ no.\n")
    done = run("check", "--no-cache")
    assert done.stdout.count("warning[mojibake]") == 2, "an apostrophe and a dash"
    assert "\n     = also at 11:7, 11:19\n" in done.stdout
    assert len(found()) == 4, "programs get each"


def test_many_findings_are_counted_by_rule(project):
    for number in range(20):
        write(project, f"reviewer-{number}.md", BROKEN.replace("reviewer", f"reviewer-{number}"))
    write(project, "painter.md", HEALTHY.replace("name: reviewer", "name: painter\ncolor: teal"))
    assert run("check").stdout.splitlines()[-2] == "most frequent: 20 unknown-tool, 1 unknown-color"


def test_a_named_file_of_no_kind_is_counted(project):
    write(project, "reviewer.md")
    (project / "README.md").write_text("# Title\n")
    assert run("check", "README.md", ".").stdout == (
        "1 file checked, no problems found; 1 other file of no known kind\n"
    )


# What is found where


def test_the_default_path_and_the_folders_that_are_entered(project):
    write(project, "here.md", BROKEN)
    write(project, "deep/down/.claude/agents/there.md", BROKEN)
    write(project, "agents/shape.md", BROKEN)
    for skipped in ("node_modules", ".git", ".venv", "env/lib", "__pycache__"):
        write(project, f"{skipped}/.claude/agents/skipped.md", BROKEN)
    write(project, "env/pyvenv.cfg", "")
    assert [finding["path"] for finding in found()] == [
        ".claude/agents/here.md",
        "agents/shape.md",
        "deep/down/.claude/agents/there.md",
    ]


def test_paths_outside_are_absolute(project, tmp_path):
    path = write(tmp_path, "other/.claude/agents/reviewer.md", BROKEN)
    assert project.name == "project"
    assert [finding["path"] for finding in found(str(path))] == [path.as_posix()]


def test_a_folder_named_like_a_file(project):
    write(project, ".claude/agents/folder.md/reviewer.md", BROKEN)
    expected = [".claude/agents/folder.md/reviewer.md"]
    assert [finding["path"] for finding in found()] == expected
    assert [finding["path"] for finding in found(".claude/agents/folder.md")] == expected


@posix_only
def test_links_that_lead_nowhere_or_in_circles(project):
    path = write(project, "reviewer.md", BROKEN)
    (path.parent / "loop").symlink_to(project, target_is_directory=True)
    (path.parent / "self.md").symlink_to("self.md")
    (path.parent / "dead.md").symlink_to("nowhere.md")
    assert len(found()) == 1
    done = run("check", str(path.parent / "self.md"), "/dev/zero")
    assert done.returncode == 2
    assert "not a regular file" in done.stderr


@posix_only
def test_a_folder_that_two_links_lead_to_is_checked_once_for_each_product(project):
    write(
        project,
        "shared/tidy/SKILL.md",
        "---\nname: tidy\ndescription: Tidies up\ncontext: shared\n---\nTidy up.\n",
    )
    for folder in (".agents", ".claude", "web/.claude"):
        (project / folder).mkdir(parents=True, exist_ok=True)
        (project / folder / "skills").symlink_to(project / "shared", target_is_directory=True)
    wrong = {finding["path"] for finding in found() if finding["severity"] == "warning"}
    assert wrong == {".claude/skills/tidy/SKILL.md"}


@posix_only
def test_a_link_out_of_a_linked_folder_may_start_in_the_real_one(project):
    for name, rules in (("tidy", "all"), ("other", "none")):
        text = f"See [these](../../rules/{rules}.md), also as ../../rules/{rules}.md.\n"
        front = f"---\nname: {name}\ndescription: Tidies up\n---\n"
        write(project, f"shared/skills/{name}/SKILL.md", front + text)
    write(project, "shared/rules/all.md", "Rules.\n")
    (project / ".claude").mkdir(exist_ok=True)
    (project / ".claude/skills").symlink_to("../shared/skills", target_is_directory=True)
    told = {(finding["path"], finding["rule"]) for finding in found(".claude")}
    assert told == {(".claude/skills/other/SKILL.md", rule) for rule in ("dead-link", "dead-path")}


def test_a_huge_file_is_skipped(project):
    path = write(project, "huge.md", "")
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    write(project, "reviewer.md")
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "1 file checked, no problems found\n")
    assert done.stderr.count("\n") == 1
    assert "huge.md: larger than" in done.stderr
    assert run("check", str(path)).returncode == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1"])
def test_other_encodings_do_not_crash(project, encoding):
    write(project, "reviewer.md", BROKEN.replace("Reviews", "Prüft").encode(encoding))
    done = run("check", ".claude")
    assert done.returncode in (0, 1)
    assert done.stdout


def test_hostile_bytes_do_not_crash(project):
    surrogate = b"---\nname: \xed\xa0\x80\n---\n"
    hostile = (b"", b"\0" * 99, b"---\n", b"---\n" + b"[" * 5000, b"\xff\xfe", surrogate, b"\r" * 99)
    for number, content in enumerate(hostile):
        write(project, f"hostile-{number}.md", content)
    assert run("check").returncode in (0, 1)


def test_a_file_outside_any_project_is_known_by_its_shape(project):
    path = write(project, "notes/reviewer.md", BROKEN)
    assert [finding["rule"] for finding in found(str(path))] == ["unknown-tool"]


def test_the_folder_of_the_products_may_be_named_itself(project, monkeypatch):
    write(project, "reviewer.md", BROKEN)
    expected = found()
    assert len(expected) == 1
    assert found(".claude") == found(".claude/agents") == found(".claude/agents/reviewer.md") == expected
    monkeypatch.chdir(project / ".claude" / "agents")
    assert [finding["path"] for finding in found()] == ["reviewer.md"]


def test_what_is_named_twice_is_checked_once(project):
    path = write(project, "reviewer.md", BROKEN)
    assert len(found(".", str(path), ".claude", str(path))) == 1


def test_names_are_looked_up_in_the_whole_project(project):
    agent = write(project, "reviewer.md", HEALTHY.replace("tools:", "skills: testing, missing\ntools:"))
    write(project, ".claude/skills/testing/SKILL.md", "---\ndescription: Tests\n---\n\nRun them.\n")
    for named in ((str(agent),), (".claude/agents",), ()):
        assert [(f["rule"], f["start"]["line"]) for f in found(*named)] == [("missing-skill", 4)]


# Standard input


def test_standard_input_stands_for_a_file(project):
    path = write(project, "reviewer.md")
    (finding,) = found("-", "--stdin-filename", str(path), stdin=BROKEN.encode())
    assert finding["path"] == ".claude/agents/reviewer.md"
    assert found("-", "--stdin-filename", ".claude/agents/new.md", stdin=HEALTHY.encode()) == []
    assert path.read_text() == HEALTHY


def test_standard_input_is_checked_beside_what_is_named(project):
    write(project, "reviewer.md", BROKEN)
    new = BROKEN.replace("name: reviewer", "name: new").encode()
    done = run("check", "-", "nowhere.md", ".", "--stdin-filename", ".claude/agents/new.md", stdin=new)
    assert done.returncode == 2
    assert done.stdout.endswith("\n2 warnings in 2 of 2 files; 1 path could not be read\n")


@pytest.mark.usefixtures("project")
def test_standard_input_of_no_known_kind():
    done = run("check", "-", "--stdin-filename", "notes.txt", stdin=b"Some text.\n")
    assert done.returncode == 0
    assert done.stdout.startswith("No agent file found in standard input.\n")


# Formats


def test_json_has_exactly_these_fields(project):
    write(project, "reviewer.md", BROKEN.replace("tools: Read", "tools: 🎉, Read"))
    first, second = found()
    assert second == {
        "path": ".claude/agents/reviewer.md",
        "rule": "unknown-tool",
        "severity": "warning",
        "message": second["message"],
        "start": {"line": 4, "column": 17},
        "end": {"line": 4, "column": 21},
        "fixable": second["fixable"],
        "fingerprint": second["fingerprint"],
    }
    assert (first["start"], first["end"]) == ({"line": 4, "column": 8}, {"line": 4, "column": 9})
    assert isinstance(second["fixable"], bool)
    assert "`Gerp`" in second["message"]


def test_text_points_at_the_exact_place(project):
    write(project, "reviewer.md", BROKEN)
    lines = run("check").stdout.splitlines()
    assert lines[0].startswith(".claude/agents/reviewer.md:4:14: warning[unknown-tool] `Gerp` is not a tool")
    assert lines[1:4] == ["   4 | tools: Read, Gerp", "     |              ^^^^", ""]
    assert lines[4].startswith("1 warning in 1 of 1 file")


def test_no_content_and_no_name_of_a_file_reaches_the_terminal_raw(project):
    evil = "a\x1b]0;title\x07\u202e\u200b\x9b31m"
    write(project, "reviewer.md", HEALTHY.replace("Grep", f'"{evil}", {evil}, \x7f'))
    if os.name == "posix":
        write(project, f".claude/agents/{evil}\n.md", BROKEN)
    for format_ in FORMATS:
        done = run("check", "--format", format_)
        raw = {char for char in done.stdout + done.stderr if not char.isprintable()}
        assert raw <= {"\n"}, format_
        assert done.stdout

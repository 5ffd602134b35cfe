"""What counts of what is found: ``--baseline``, ``--select``, ``--fail-on``, ``--files-from``."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from agentls.cli import main
from agentls.cli.inputs import file_list
from command_line import BROKEN, HEALTHY, HINTED, posix_only, run, write

_TEAL = BROKEN.replace("tools:", "color: teal\ntools:")


@pytest.fixture
def check(capfd):
    """Check in this process; the exit code, what is printed, and what is complained about."""

    def checked(*arguments):
        code = main.run(["check", "--no-cache", *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err, err
        return code, out, err

    return checked


def test_only_what_is_new_counts(project, check):
    write(project, "reviewer.md", BROKEN)
    code, out, _ = check("--baseline", "known.json", "--update-baseline")
    assert (code, out) == (0, "1 file checked, no new problems found; 1 problem in the baseline\n")
    assert check("--baseline", "known.json")[:2] == (0, out)
    write(project, "reviewer.md", _TEAL)
    code, out, _ = check("--baseline", "known.json")
    assert code == 1
    assert "unknown-color" in out
    assert "unknown-tool" not in out
    assert out.endswith("; 1 problem in the baseline\n")


def test_lines_may_move_and_the_folder_may_be_another(project, check, monkeypatch):
    path = write(project, "reviewer.md", BROKEN)
    check("--baseline", "known.json", "--update-baseline")
    write(project, "reviewer.md", BROKEN.replace("tools:", "# one\n# two\ntools:"))
    monkeypatch.chdir(path.parent)
    assert check("--baseline", "../../known.json", ".")[0] == 0


def test_one_more_of_the_same_is_new(project, check):
    damaged = HEALTHY + "\nIt doesnâ€™t.\n"
    write(project, "reviewer.md", damaged)
    check("--baseline", "known.json", "--update-baseline")
    write(project, "reviewer.md", damaged + "\nIt doesnâ€™t.\n")
    code, out, _ = check("--baseline", "known.json", "--format", "concise")
    assert code == 1
    assert out.splitlines()[0].startswith(".claude/agents/reviewer.md:11:9: ")


def test_what_was_not_checked_stays_known(project, check):
    one, other, gone = (
        write(project, f"{name}.md", BROKEN.replace("reviewer", name)) for name in ("one", "other", "gone")
    )
    check("--baseline", "known.json", "--update-baseline")
    gone.unlink()
    one.write_text(HEALTHY)
    check("--baseline", "known.json", "--update-baseline", str(one))
    check("--baseline", "known.json", "--update-baseline", "--select", "mojibake")
    known = json.loads((project / "known.json").read_bytes())["findings"]
    assert [entry["path"] for entry in known] == [".claude/agents/other.md"]
    assert other.exists()


_HOSTILE = {
    "empty": b"",
    "cut": b'{"agentls-baseline": 1, "findings": [{"path": ".cl',
    "other": b'{"name": "package", "version": "1.0.0"}',
    "list": b"[]",
    "newer": b'{"agentls-baseline": 2, "findings": []}',
    "true": b'{"agentls-baseline": true, "findings": []}',
    "no list": b'{"agentls-baseline": 1, "findings": {"path": 1}}',
    "wrong type": b'{"agentls-baseline": 1, "findings": [{"path": 1, "rule": [], "fingerprint": null}]}',
    "deep": b"[" * 200_000,
    "huge number": b'{"agentls-baseline": ' + b"9" * 10_000 + b"}",
    "bytes": b"\xff\xfe\x00\xd8",
}


@pytest.mark.parametrize("data", _HOSTILE.values(), ids=_HOSTILE)
def test_a_file_that_is_no_baseline_is_told_and_kept(project, check, data):
    write(project, "reviewer.md", BROKEN)
    (project / "known.json").write_bytes(data)
    for arguments in ((), ("--update-baseline",)):
        code, out, err = check("--baseline", "known.json", *arguments)
        assert (code, out) == (2, "")
        assert err.startswith("agentls: cannot use the baseline known.json: ")
        assert err.count("\n") == 1
        assert (project / "known.json").read_bytes() == data


def test_no_path_of_a_baseline_leads_elsewhere(project, check):
    write(project, "reviewer.md", BROKEN)
    entries = [
        {"path": path, "rule": "unknown-tool", "fingerprint": "0"}
        for path in ("/etc/passwd", "../x", "//host/share", "nul", "a\0b", "\ud800", "known.json")
    ]
    (project / "known.json").write_text(json.dumps({"agentls-baseline": 1, "findings": entries}))
    assert check("--baseline", "known.json", "--update-baseline")[0] == 0
    known = json.loads((project / "known.json").read_bytes())["findings"]
    assert [entry["path"] for entry in known] == [".claude/agents/reviewer.md", "known.json"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--update-baseline",), "--update-baseline needs --baseline FILE"),
        (("--baseline", "nowhere.json"), "there is no such file; --update-baseline creates it"),
        (("--baseline", "."), "not a regular file"),
        (("--statistics", "--format", "json"), "--statistics cannot be told as json"),
        (("--select", "mojibak"), "Did you mean `mojibake`?"),
        (("--ignore", "x" * 20), "unknown rule"),
        (("--fail-on", "note"), "invalid choice"),
        (("--files-from", "nowhere"), "cannot read nowhere: No such file or directory"),
    ],
)
def test_wrong_usage_is_told(project, check, arguments, complaint):
    write(project, "reviewer.md", BROKEN)
    code, out, err = check(*arguments)
    assert (code, out) == (2, "")
    assert complaint in err


# What counts


def test_rules_are_selected_and_ignored(project, check):
    write(project, "reviewer.md", _TEAL)
    assert check("--select", "tools")[1].count("unknown-tool") == 1
    assert "unknown-color" not in check("--select", "tools")[1]
    assert "unknown-tool" not in check("--ignore", "unknown-tool,mojibake")[1]
    assert check("--select", "tools", "--ignore", "unknown-tool")[0] == 0


@pytest.mark.parametrize("name", ["unused-skill", "opt-in"])
def test_a_rule_that_is_off_by_default_can_be_selected(project, check, name):
    write(project, ".claude/skills/deploy/SKILL.md", "---\ndescription: Deploys\n---\n\nDeploy it.\n")
    assert "unused-skill" not in check()[1]
    assert "unused-skill" in check("--select", name)[1]


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (HINTED, ("--fail-on", "hint"), 1),
        (HINTED, ("--fail-on", "information"), 0),
        (BROKEN, ("--fail-on", "error"), 0),
        (BROKEN, ("--exit-zero",), 0),
        (BROKEN, ("--exit-zero", "nowhere.md"), 2),
    ],
)
def test_what_fails_can_be_chosen(project, check, text, arguments, code):
    write(project, "reviewer.md", text)
    assert check(*arguments)[0] == code


def test_statistics(project, check):
    write(project, "reviewer.md", _TEAL)
    write(project, "other.md", BROKEN.replace("reviewer", "other"))
    code, out, _ = check("--statistics")
    assert code == 1
    assert out.splitlines()[:2] == ["2  unknown-tool   Unknown tool", "1  unknown-color  Unknown color"]
    assert out.splitlines()[2].startswith("3 warnings ")


# Lists of files


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"a.md\n\nb c.md\r\n", ["a.md", "b c.md"]),
        (b"a\nb.md\0c.md\0", ["a\nb.md", "c.md"]),
        (rb'"a\nb \"q\" \\ \303\274.md"', ['a\nb "q" \\ ü.md']),
        (b'"\n"a', ['"', '"a']),
        (b"\xff.md\n", [os.fsdecode(b"\xff.md")]),
    ],
)
def test_a_list_of_files(data, expected):
    assert file_list(data) == expected


def test_what_git_says_has_changed_is_checked(project):
    def git(*words):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words]
        return subprocess.run(command, cwd=project, check=True, capture_output=True).stdout

    git("init", "-q")
    write(project, "old.md", BROKEN.replace("reviewer", "old"))
    write(project, "gone.md", BROKEN.replace("reviewer", "gone")).rename(project / ".claude/agents/gone.md")
    git("add", ".")
    git("commit", "-qm", "x")
    (project / ".claude/agents/gone.md").unlink()
    write(project, "ünew.md", BROKEN.replace("reviewer", "new"))
    (project / "README.md").write_text("# Title\n")
    git("add", ".")
    for changed in (git("diff", "--cached", "--name-only"), git("diff", "--cached", "--name-only", "-z")):
        done = run("check", "--format", "json", "--files-from", "-", stdin=changed)
        assert [finding["path"] for finding in json.loads(done.stdout)] == [".claude/agents/ünew.md"]


@posix_only
def test_an_empty_list_is_no_folder(project):
    write(project, "reviewer.md", BROKEN)
    done = run("check", "--files-from", "-", stdin=b"\n")
    assert (done.returncode, done.stdout) == (0, "0 files checked, no problems found\n")
    done = run("check", "--files-from", "-", "-", "--stdin-filename", "a.md", stdin=b"\n")
    assert done.returncode == 2

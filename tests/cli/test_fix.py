"""``agentls fix``: what is mended, what is only shown, and what is left alone."""

from __future__ import annotations

import os
import subprocess

import pytest

from command_line import HEALTHY, posix_only, run, write

COLON = HEALTHY.replace("Reviews code", "Reviews code: style and names")
MENDED = COLON.replace("Reviews code: style and names", '"Reviews code: style and names"')
DAMAGED = HEALTHY.replace("first.", "first â€” always.")
TWICE = HEALTHY.replace("tools:", "name: again\ntools:")


def test_what_is_certain_is_mended_and_told(project):
    path = write(project, "reviewer.md", COLON)
    done = run("fix")
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_text() == MENDED
    assert done.stdout.splitlines() == [
        ".claude/agents/reviewer.md: Quote the value (invalid-yaml)",
        "1 fix in 1 file",
    ]
    assert run("fix").stdout == "nothing to fix\n"


def test_the_same_repair_is_told_once(project):
    write(project, "reviewer.md", HEALTHY + "\nIt doesnâ€™t, it wonâ€™t â€“ no.\n")
    assert run("fix").stdout.splitlines() == [
        ".claude/agents/reviewer.md: Restore `’`, 2 times (mojibake)",
        ".claude/agents/reviewer.md: Restore `–` (mojibake)",
        "3 fixes in 1 file",
    ]


def test_what_needs_a_decision_is_left_without_unsafe(project):
    path = write(project, "reviewer.md", TWICE)
    run("fix")
    assert path.read_text() == TWICE
    run("fix", "--unsafe")
    assert path.read_text() == TWICE.replace("name: reviewer\n", "")


def test_a_diff_writes_nothing(project):
    path = write(project, "reviewer.md", COLON)
    done = run("fix", "--diff")
    assert done.returncode == 1
    assert path.read_text() == COLON
    assert done.stdout.splitlines()[:2] == [
        "--- a/.claude/agents/reviewer.md",
        "+++ b/.claude/agents/reviewer.md",
    ]
    assert "-description: Reviews code: style and names" in done.stdout
    assert '+description: "Reviews code: style and names"' in done.stdout
    assert "1 file would change" in done.stderr


@posix_only
@pytest.mark.usefixtures("project")
def test_a_diff_of_a_file_elsewhere_can_be_applied_from_the_root(tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = write(elsewhere, "reviewer.md", COLON)
    assert run("fix", "--diff", path).stdout.splitlines()[:2] == [f"--- a{path}", f"+++ b{path}"]


def test_only_a_rule_or_a_group(project):
    path = write(project, "reviewer.md", COLON.replace("first.", "first â€” always."))
    run("fix", "--only", "encoding")
    assert path.read_text() == COLON.replace("first.", "first — always.")
    run("fix", "--only", "unknown-tool,invalid-yaml")
    assert path.read_text() == MENDED.replace("first.", "first — always.")


def test_a_rule_that_does_not_exist(project):
    write(project, "reviewer.md", COLON)
    done = run("fix", "--only", "invalid-yml")
    assert done.returncode == 2
    assert "Did you mean `invalid-yaml`?" in done.stderr


def test_standard_input_comes_out_mended(project):
    done = run("fix", "-", "--stdin-filename", ".claude/agents/reviewer.md", stdin=DAMAGED.encode())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == HEALTHY.replace("first.", "first — always.")
    assert list(project.iterdir()) == []


@pytest.mark.usefixtures("project")
def test_standard_input_of_no_product_is_refused():
    done = run("fix", "-", "--stdin-filename", "notes.md", stdin=b"hello")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_line_ends_and_the_byte_order_mark_stay(project, newline):
    damaged = ("\ufeff" + DAMAGED.replace("\n", newline)).encode()
    path = write(project, "reviewer.md", damaged)
    run("fix", "--only", "mojibake")
    assert path.read_bytes() == damaged.replace("â€”".encode(), "—".encode())


@posix_only
def test_a_link_stays_a_link_and_the_mode_is_kept(project):
    target = write(project, "shared/reviewer.md", COLON)
    target.chmod(0o640)
    link = project / ".claude" / "agents" / "reviewer.md"
    link.parent.mkdir(parents=True)
    link.symlink_to(target)
    run("fix", str(link))
    assert link.is_symlink()
    assert target.read_text() == MENDED
    assert target.stat().st_mode & 0o777 == 0o640


@posix_only
@pytest.mark.skipif(os.name == "posix" and os.getuid() == 0, reason="root may write everywhere")
def test_what_cannot_be_written_is_told_and_the_others_are_mended(project):
    path = write(project, "reviewer.md", COLON)
    other = write(project, "nested/.claude/agents/other.md", COLON)
    path.parent.chmod(0o500)
    done = run("fix")
    path.parent.chmod(0o700)
    assert done.returncode == 2
    assert "is left as is" in done.stderr
    assert other.read_text() == MENDED


def test_nothing_else_in_the_file_changes(project):
    text = COLON + "\n\ttabs\t \n\n\n```\nâ€”\n```\n\x0c no end"
    path = write(project, "reviewer.md", text)
    run("fix", "--only", "front-matter")
    assert path.read_text() == text.replace(
        ": Reviews code: style and names", ': "Reviews code: style and names"'
    )


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("utf-16", "Convert from UTF-16 to UTF-8"), ("cp1252", "Convert from Windows-1252 to UTF-8")],
)
def test_another_encoding_becomes_utf8(project, encoding, title):
    text = HEALTHY.replace("first.", "first – “always” – in the café.")
    path = write(project, "reviewer.md", text.encode(encoding))
    done = run("fix")
    assert title in done.stdout
    assert path.read_bytes() == text.encode()


def test_a_file_that_is_not_utf8_is_left_when_something_else_is_asked_for(project):
    data = COLON.replace("first.", "first – always.").encode("cp1252")
    path = write(project, "reviewer.md", data)
    done = run("fix", "--only", "invalid-yaml")
    assert done.returncode == 2
    assert "is left as is: it is not UTF-8" in done.stderr
    assert path.read_bytes() == data


def test_a_byte_order_mark_goes_when_it_is_asked_for(project):
    path = write(project, "reviewer.md", ("\ufeff" + HEALTHY).encode())
    assert run("fix").stdout == "nothing to fix\n"
    run("fix", "--only", "byte-order-mark")
    assert path.read_bytes() == HEALTHY.encode()


@pytest.mark.parametrize("end", ["\n", ""])
def test_git_applies_a_diff(project, end):
    path = write(project, "reviewer.md", COLON.rstrip("\n") + end)
    patch = run("fix", "--diff").stdout
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=project, check=True)
    assert path.read_text() == MENDED.rstrip("\n") + end

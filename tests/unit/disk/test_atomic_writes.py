"""A write is whole or not at all, keeps what a file has besides its bytes, and undoes no save."""

from __future__ import annotations

import os
import random
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from agentls import disk
from agentls.cli import main
from command_line import HEALTHY, posix_only, run, write

_COLON = HEALTHY.replace("Reviews code", "Reviews code: style and names")
_MENDED = _COLON.replace("Reviews code: style and names", '"Reviews code: style and names"')
_SAVED = b"what the editor saved"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project to stand in."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("step", ["open", "fsync", "chmod", "fdopen", "stat"])
@pytest.mark.parametrize("way", ["in place", "by a replacement"])
def test_what_an_editor_saves_meanwhile_stays(tmp_path, monkeypatch, step, way):
    """At whatever step of the write it saves; the file is compared behind all of them."""
    path = tmp_path / "agent.md"
    path.write_bytes(b"before")
    original = getattr(os, step)

    def save(*arguments, **options):
        done = original(*arguments, **options)
        monkeypatch.setattr(os, step, original)
        if way == "in place":
            path.write_bytes(_SAVED)
        else:
            (tmp_path / "new").write_bytes(_SAVED)
            os.replace(tmp_path / "new", path)
        return done

    monkeypatch.setattr(os, step, save)
    with pytest.raises(disk.WriteRefusedError, match="has changed since"):
        disk.write(str(path), b"after", b"before")
    assert path.read_bytes() == _SAVED
    assert os.listdir(tmp_path) == ["agent.md"]


@posix_only
def test_a_file_with_two_names_is_left_as_it_is(project):
    path = write(project, "reviewer.md", _COLON)
    os.link(path, project / "other.md")
    done = run("fix")
    assert (done.returncode, path.read_text()) == (2, _COLON)
    assert "it has another name (a hard link), which would keep the old text" in done.stderr


@posix_only
@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_read_only_file_is_left_as_it_is(project, mode):
    path = write(project, "reviewer.md", _COLON)
    path.chmod(mode)
    done = run("fix")
    assert (done.returncode, path.read_text()) == (2, _COLON)
    assert "is left as is: it is read-only" in done.stderr


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o4755])
def test_the_mode_stays(tmp_path, mode):
    path = tmp_path / "agent.md"
    path.write_bytes(b"before")
    path.chmod(mode)
    disk.write(str(path), b"after", b"before")
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (mode, b"after")


@posix_only
@pytest.mark.skipif(os.name == "posix" and os.getuid() != 0, reason="only root gives a file away")
def test_the_owner_stays_or_the_file_is_left_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "agent.md"
    path.write_bytes(b"before")
    os.chown(path, 4321, 4321)
    disk.write(str(path), b"after")
    assert (path.stat().st_uid, path.stat().st_gid, path.read_bytes()) == (4321, 4321, b"after")

    def refuse(*_):
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(disk.WriteRefusedError, match="belongs to another user"):
        disk.write(str(path), b"again")
    assert path.read_bytes() == b"after"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="there are no such attributes here")
def test_attributes_stay_or_the_file_is_left_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "agent.md"
    path.write_bytes(b"before")
    try:
        os.setxattr(path, "user.origin", b"x")
    except OSError:
        pytest.skip("this file system keeps none")
    disk.write(str(path), b"after")
    assert os.getxattr(path, "user.origin") == b"x"

    def refuse(*_):
        raise OSError(95, "not here")

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(disk.WriteRefusedError, match=r"user\.origin cannot be kept"):
        disk.write(str(path), b"again")
    assert path.read_bytes() == b"after"


@pytest.mark.parametrize("do", [disk.write, disk.create])
@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_where_the_disk_is_full_nothing_is_left(tmp_path, monkeypatch, do, step):
    path = tmp_path / "agent.md"
    if do is disk.write:
        path.write_bytes(b"before")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        do(str(path), b"after")
    assert os.listdir(tmp_path) == (["agent.md"] if do is disk.write else [])


@pytest.mark.parametrize("has_links", [True, False])
def test_nothing_is_made_over_what_is_there(tmp_path, monkeypatch, has_links):
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "no links")))
    path = tmp_path / "folder" / "agent.md"
    disk.create(str(path), b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        disk.create(str(path), b"other")
    assert (path.read_bytes(), os.listdir(path.parent)) == (b"new", ["agent.md"])


# --- links and killed processes ---


@posix_only
@pytest.mark.parametrize("link", [".github", ".github/agents", "out"])
def test_convert_follows_no_link_out_of_what_was_named(project, link):
    write(project, "reviewer.md", HEALTHY)
    (project / "elsewhere").mkdir()
    (project / "out").mkdir()
    place = project / "out" / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(project / "elsewhere")
    done = run("convert", ".claude/agents/reviewer.md", "--to", "copilot", "--out", "out")
    made = [path for path in (project / "elsewhere").rglob("*") if path.is_file()]
    if link == "out":  # a link that is not on the way
        assert done.returncode in (0, 1)
    else:
        assert done.returncode == 2
        assert "outside the given paths" in done.stderr
    assert made == []


@posix_only
@pytest.mark.parametrize("target", ["elsewhere/new.md", "/nowhere/new.md", "elsewhere/there.md"])
def test_convert_writes_through_no_link_in_its_place(project, target):
    write(project, "reviewer.md", HEALTHY)
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "there.md").write_text("kept")
    (project / "new.md").symlink_to(project / target)
    done = run("convert", ".claude/agents/reviewer.md", "--to", "cursor", "--out", "new.md")
    assert done.returncode == 2
    assert os.listdir(project / "elsewhere") == ["there.md"]
    assert (project / "elsewhere" / "there.md").read_text() == "kept"


def _leftover(process: int) -> str:
    return f".agentls-{process}-0123456789abcdef.tmp"


@posix_only
def test_the_next_run_takes_away_what_a_killed_one_left_and_nothing_else(project):
    path = write(project, "reviewer.md", HEALTHY)
    gone = os.fork()
    if not gone:
        os._exit(0)
    os.waitpid(gone, 0)
    kept = {_leftover(os.getpid()), ".agentls-note.md", ".agentls-1-x.tmp", f"{_leftover(gone)}.md"}
    for name in {*kept, _leftover(gone)}:
        (path.parent / name).touch()
    assert "nothing to fix" in run("fix").stdout
    assert set(os.listdir(path.parent)) == {*kept, "reviewer.md"}


def _fix(project):
    path = write(project, "reviewer.md", _COLON)
    return path, {_COLON.encode(), _MENDED.encode()}, lambda: main.run(["fix", str(path)])


def _convert(project):
    source, path = write(project, "reviewer.md", HEALTHY), project / "new.md"
    path.unlink(missing_ok=True)
    command = ["convert", str(source), "--to", "cursor", "--out", str(path)]
    text = run("convert", str(source), "--to", "cursor").stdout.encode()
    return path, {None, text}, lambda: main.run(command)


def _cache(_project):
    disk.save_cache("kept", b"{}")
    path = Path(disk.cache_folder(), "kept.json")
    large = b'{"a": "' + b"x" * 3_000_000 + b'"}'
    disk.save_cache("other", large)
    whole = {path.read_bytes(), path.with_name("other.json").read_bytes()}
    return path, whole, lambda: disk.save_cache("kept", large)


@posix_only
@pytest.mark.slow
@pytest.mark.parametrize(("made", "kills"), [(_fix, 70), (_convert, 60), (_cache, 70)])
def test_whenever_it_is_killed_the_file_is_whole(project, monkeypatch, made, kills):
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    dice = random.Random(7)
    path, whole, work = made(project)
    began = time.monotonic()
    _killed(work, None)
    took = time.monotonic() - began
    for _ in range(kills):
        if made is _fix:
            write(project, "reviewer.md", _COLON)
        elif made is _convert:
            path.unlink(missing_ok=True)
        _killed(work, dice.uniform(0, took * 1.1))
        assert (path.read_bytes() if path.exists() else None) in whole
    _killed(work, None)
    assert [name for name in os.listdir(path.parent) if name.startswith(".agentls-")] == []


def _killed(work, after: float | None) -> None:
    """Do it in another process, which is killed after so many seconds."""
    child = os.fork()
    if not child:
        with open(os.devnull, "w", encoding="utf-8") as quiet:
            sys.stdout = sys.stderr = quiet
            try:
                work()
            finally:
                os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

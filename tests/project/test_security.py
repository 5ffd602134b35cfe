"""What SECURITY.md promises: no network, nothing executed, nothing read or written that is not ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import made
from agentls import disk
from agentls.features import definition, document_links, hover
from agentls.features.completion import complete
from agentls.linter import engine
from agentls.settings import config_files
from agentls.system import paths
from command_line import AGENTLS, posix_only
from patience import PATIENCE
from raw_client import RawClient

pytestmark = pytest.mark.slow

_SUPPORT = Path(__file__).parents[1] / "support"
_BROKEN = "---\nname: reviewer\ndescription: Reviews code: style\ntools: Read, Gerp, mcp__evil__x\n"
_AGENT = f"""{_BROKEN}skills: deploy
mcpServers: evil
hooks:
  SubagentStop:
    - hooks: [{{type: command, command: ./evil.sh}}]
---

[a](../../../outside/secret.md) [b](file:///etc/passwd) [c](/etc/passwd) [d](%2Fetc%2Fpasswd)
[e](http://127.0.0.1:9/x.md) [f](//host/share/x.md) [g](\\\\host\\share\\x.md) [h](%5C%5Chost%5Cshare%5Cx.md)
@../../../outside/secret.md and !`./evil.sh` and ./evil.sh â€” done.
"""
_EVIL = "import os, pathlib\npathlib.Path(os.environ['MARK']).write_text(__name__)\n"
_NEVER = re.compile(
    r"socket\.(connect|bind|getaddrinfo|gethostby|sendto|listen)|subprocess|os\.(exec|posix_spawn|spawn|system|fork)|urllib"
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project that would run, send and read a great deal if somebody let it."""
    folder = tmp_path / "project"
    files = {
        ".claude/agents/reviewer.md": _AGENT,
        ".claude/skills/deploy/SKILL.md": "---\nname: deploy\ndescription: Deploys\n---\n\n!`./evil.sh`\n",
        ".mcp.json": json.dumps(
            {"mcpServers": {"evil": {"command": "./evil.sh", "url": "http://127.0.0.1:9"}}}
        ),
        ".vscode/settings.json": json.dumps(
            {"agentls.path": "./evil.sh", "agentls.interpreter": "./evil.sh"}
        ),
        "evil.sh": '#!/bin/sh\necho ran > "$MARK"\n',
        "../outside/secret.md": "a secret\n",
        "../user/agents/own.md": "---\nname: own\ndescription: Mine\n---\n",
    }
    names = (
        "yaml",
        "agentls",
        "sitecustomize",
        "usercustomize",
        "json",
        "pygls",
        "jsonschema",
        "tomllib",
        "re",
    )
    for name in names:
        files[f"{name}.py"] = _EVIL
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "evil.sh").chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def _events(report: Path) -> list[list[str]]:
    return [json.loads(line) for line in report.read_text("utf-8").splitlines()]


def _watched(report: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-P", str(_SUPPORT / "watched.py"), str(report), *arguments]


def _session(command: list[str], project: Path) -> None:
    """A session as a curious editor has it: open, ask about every word, take no action."""
    path = project / ".claude" / "agents" / "reviewer.md"
    document = {"uri": path.as_uri()}
    with RawClient(command, cwd=project) as client:
        client.initialize({}, rootUri=project.as_uri())
        item = {**document, "languageId": "markdown", "version": 1, "text": _AGENT}
        client.notify("textDocument/didOpen", {"textDocument": item})
        for line, words in enumerate(_AGENT.split("\n")):
            for character in range(0, len(words) + 1, 6):
                place = {"textDocument": document, "position": {"line": line, "character": character}}
                for method in ("hover", "definition", "completion"):
                    assert "result" in client.request(f"textDocument/{method}", place)
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
        params = {"textDocument": document, "range": whole, "context": {"diagnostics": []}}
        assert client.request("textDocument/codeAction", params)["result"]
        assert "result" in client.request("textDocument/documentLink", {"textDocument": document})
        assert client.close() == 0


def _command(*arguments: str):
    def run(_project: Path, report: Path) -> None:
        subprocess.run(_watched(report, *arguments), capture_output=True, timeout=PATIENCE, check=False)

    return run


_RUNS = {
    "check": _command("check"),
    "fix": _command("fix"),
    "session": lambda project, report: _session(_watched(report, "--stdio"), project),
}


@pytest.mark.parametrize("run", _RUNS)
def test_no_network_and_no_program(project, tmp_path, run):
    _RUNS[run](project, tmp_path / "report")
    events = _events(tmp_path / "report")
    assert any(event[0] == "open" and event[1].endswith("reviewer.md") for event in events), "it was watched"
    # The server forks once, before it has read anything, and nothing else is started: its watchdog.
    itself = [["os.fork"]] if run == "session" and os.name == "posix" else []
    assert [event for event in events if _NEVER.match(event[0])] == itself
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("run", _RUNS)
def test_nothing_is_read_that_lies_elsewhere(project, tmp_path, run):
    """Of what a link leads to it is only asked whether it is there."""
    _RUNS[run](project, tmp_path / "report")
    own = [project, tmp_path / "user", tmp_path / "cache", tmp_path / "report", _SUPPORT.parents[1]]
    system = [Path(sys.prefix), Path(sys.base_prefix), *map(Path, ("/proc", "/dev", "/etc", "/usr", "/lib"))]
    touched = {
        Path(event[1])
        for event in _events(tmp_path / "report")
        if event[0] in ("open", "os.listdir", "os.scandir") and os.path.isabs(event[1])
    }
    assert Path(project, ".claude/agents/reviewer.md") in touched
    # The folders above are looked through for configuration and a `.claude` of their own.
    above = {parent / name for parent in project.parents for name in ("", ".claude", *config_files.NAMES)}
    strange = {path for path in touched - above if not any(path.is_relative_to(f) for f in (*own, *system))}
    assert strange == set()
    strange = {
        path for path in touched if not any(path.is_relative_to(f) for f in (*system, _SUPPORT.parents[1]))
    }
    assert not any("passwd" in str(path) or "secret" in str(path) for path in strange)


def test_a_session_writes_nothing(project, tmp_path):
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    _session(_watched(tmp_path / "report", "--stdio"), project)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("start", ["module", "command"])
def test_in_a_hostile_folder_nothing_of_it_runs(project, tmp_path, start):
    installed = shutil.which("agentls", path=str(Path(sys.executable).parent))
    if start == "command" and installed is None:
        pytest.skip("the command is not installed beside this interpreter")
    command = AGENTLS if start == "module" else [installed]
    done = subprocess.run([*command, "check"], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1, done.stderr
    _session([*command, "--stdio"], project)
    assert not (tmp_path / "mark").exists()


# --- links, devices, pipes ---


@posix_only
@pytest.mark.parametrize("kind", ["pipe", "device", "socket", "folder"])
def test_what_is_no_regular_file_is_never_opened(project, kind):
    path = project / ".claude" / "agents" / "odd.md"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        import socket  # noqa: PLC0415

        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    done = subprocess.run([*AGENTLS, "check"], capture_output=True, timeout=PATIENCE, check=False, text=True)
    assert done.returncode == 1
    assert "reviewer.md" in done.stdout


def test_a_link_in_percent_signs_is_no_way_to_another_machine():
    links = "[h](%5C%5Chost%5Cshare%5Cx.md) [d](%2Fetc%2Fpasswd) [i](%2F%2Fhost/x.md) [j](C%3A/x)"
    text = f"{_BROKEN}---\n\n{links}\n"
    workspace = made.make({".claude/agents/reviewer.md": text})
    (file,) = workspace.files.values()
    assert [reference.name for reference in file.references if reference.kind == "link"] == []


_OTHER_MACHINES = (
    "//evil.example/share/x.md",
    "\\\\evil.example\\share\\x.md",
    "/net/evil.example/x.md",
    "C:/evil/x.md",
    "c:..\\evil.md",
    "%5C%5Cevil.example%5Cx.md",
    "%2F%2Fevil.example/x.md",
    "a/c:evil.md",
    "evil.md:stream",
    "docs/nul.md",
    "evil%00.md",
)


@pytest.mark.parametrize("target", _OTHER_MACHINES)
def test_nothing_that_a_file_names_is_looked_for_on_another_machine(target):
    """Of no place in a file in which a path may stand, whatever the product."""
    body = f"[a]({target}) [b](./{target}) @{target} {target} $CLAUDE_PROJECT_DIR/{target} @{{{target}}}\n"
    quoted = json.dumps(target)
    hook = f"hooks:\n  Stop:\n    - hooks: [{{type: command, command: {quoted}}}]\n"
    resources = f"resources: [{json.dumps('file://' + target)}, {json.dumps('skill://' + target)}]\n"
    front = f"---\nname: reviewer\ndescription: Reviews\nskills: [{quoted}]\n"
    texts = {
        ".claude/agents/reviewer.md": f"{front}{hook}---\n{body}",
        ".claude/skills/deploy/SKILL.md": f"{front}---\n{body}",
        ".claude/commands/deploy.md": f"{front}---\n{body}",
        ".kiro/agents/reviewer.md": f"{front}{resources}---\n{body}",
        ".gemini/commands/x.toml": f"description = 'X'\nprompt = {json.dumps(body)}\n",
    }
    workspace = made.make(texts)
    for file in workspace.files.values():
        context = workspace.context(file)
        workspace.with_paths(lambda context=context: document_links.links(context))
        for offset in range(0, len(file.text.source), 3):
            workspace.with_paths(
                lambda context=context, offset=offset: definition.definition(context, offset)
            )
            complete.complete(context, offset)
    asked = {path for path in workspace.view.queried_paths if path and "evil" in os.path.normpath(path)}
    assert {path for path in asked if not paths.is_within(path, made.PROJECT)} == set()
    assert {path for path in asked if ":" in path or "\0" in path} == set()


@posix_only
def test_linked_folders_are_read_once_and_in_bounds(tmp_path):
    shared = tmp_path / "shared" / "deploy"
    shared.mkdir(parents=True)
    (shared / "SKILL.md").write_text("---\nname: deploy\n---\n", "utf-8")
    skills = tmp_path / "project" / ".claude" / "skills"
    skills.mkdir(parents=True)
    (skills / "deploy").symlink_to(shared)
    (skills / "loop").symlink_to(skills)
    many = tmp_path / "many"
    for number in range(2100):
        (many / f"f{number}").mkdir(parents=True)
        (many / f"f{number}" / "SKILL.md").touch()
    (skills / "many").symlink_to(many)
    pieces = list(disk.scan(disk.Scan((str(tmp_path / "project"),))))
    seen = [path for piece in pieces for path in piece.seen]
    assert str(skills / "deploy" / "SKILL.md") in seen
    assert len(seen) == len(set(seen))
    assert 1000 < len(seen) < 2050


@posix_only
def test_no_repair_is_written_through_a_link_that_leads_out(project):
    outside = project.parent / "outside" / "shared.md"
    outside.write_text(_BROKEN + "---\n", "utf-8")
    (project / ".claude" / "agents" / "shared.md").symlink_to(outside)
    folder = project.parent / "outside" / "agents"
    folder.mkdir()
    (folder / "other.md").write_text(_BROKEN + "---\n", "utf-8")
    (project / ".claude" / "agents" / "folder").symlink_to(folder)
    done = subprocess.run([*AGENTLS, "fix"], capture_output=True, timeout=PATIENCE, check=False, text=True)
    assert done.returncode == 2
    assert done.stderr.count("outside the given paths") == 2
    assert outside.read_text("utf-8") == (folder / "other.md").read_text("utf-8") == _BROKEN + "---\n"
    assert '"Reviews code: style"' in (project / ".claude" / "agents" / "reviewer.md").read_text("utf-8")


# --- terminals and Markdown ---

_RAW = "\x1b]0;title\x07\u202e\u200b\x9b31m\r"


@posix_only
@pytest.mark.parametrize("command", [["check"], ["fix", "--diff"], ["fix"], ["explain", "evil\x1b[31m"]])
def test_nothing_of_a_file_reaches_the_terminal_raw(project, command):
    text = _BROKEN.replace("Gerp", f'"{_RAW}"').replace("style", f"style {_RAW}")
    (project / ".claude" / "agents" / "evil\x1b[31m.md").write_text(text + "---\n", "utf-8", newline="")
    done = subprocess.run([*AGENTLS, *command], capture_output=True, timeout=PATIENCE, check=False, text=True)
    assert done.stdout + done.stderr
    assert {char for char in done.stdout + done.stderr if not char.isprintable()} <= {"\n"}


_FORGED = (
    "[click](command:workbench.action.terminal.new) <a href='command:x'>x</a> <img src=http://x/y> ![p](http://x)",
    "`` ` [x](command:y) ` ``",
    "\\[x](command:y) \\\\[x](command:y)",
    "<!-- --> <script>alert(1)</script> &lt;b&gt; ![[x](command:y)](command:z)",
    "[x]: command:y 'title'\n\n[x]",
    "https://x.example/ and <command:x> and www.x.example",
    "Reviews.\n\n- [x](command:y)\n\n```\nsee https://x.example",
    "# Reviews\n~~~\nme@x.example\n---\n> x",
)


@pytest.mark.parametrize("words", _FORGED, ids=range(len(_FORGED)))
def test_no_text_of_a_file_becomes_a_link_or_markup(words):
    one_line = words.replace("\n", " ")
    source = (
        "---\nname: {0}\ndescription: {1}\ntools: [{0}, Read]\nskills: [{0}, evil]\ncolor: {0}\n"
        "model: {0}\nmcpServers: [{0}]\n---\n\n`evil` [x](./evil.md)\n"
    ).format(json.dumps(one_line), json.dumps(words))
    workspace = made.make(
        {
            ".claude/agents/reviewer.md": source,
            ".claude/skills/evil/SKILL.md": f"---\nname: evil\ndescription: {json.dumps(words)}\n---\n",
            ".claude/agents/evil.md": f"---\nname: evil\ndescription: {json.dumps(words)}\n---\n",
            ".mcp.json": json.dumps({"mcpServers": {one_line: {"command": words}}}),
        }
    )
    file = workspace.files[made.locate(".claude/agents/reviewer.md")]
    for offset in range(len(source)):
        told = hover.hover(workspace.context(file), offset)
        if told:
            assert _acting(told.markdown) == [], told.markdown
    for offset in range(source.index("skills:"), len(source), 2):
        for offered in complete.complete(workspace.context(file), offset):
            assert _acting(offered.doc) == [], offered.doc
    assert engine.check(workspace.context(file))


def _acting(markdown: str) -> list[str]:
    """What Markdown would act upon: links but those to documentation, pictures, HTML."""
    plain = re.sub(r"\\[\\`*_{}\[\]()<>#+.!|~-]", "", markdown)
    plain = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", plain)
    links = [target for target in re.findall(r"\]\(([^)]*)\)|\]:\s*(\S+)", plain) if any(target)]
    foreign = [
        target for target in links if not re.match(r"https://(code|docs|platform|agentskills)\b", target[0])
    ]
    bare = re.findall(r"://|www\.|\w@\w|^(?:```|~~~|>|#)", re.sub(r"\]\([^)]*\)", "", plain), re.MULTILINE)
    return [str(target) for target in foreign] + re.findall(r"<[A-Za-z!/?][^>]*>?", plain) + bare


def test_no_message_of_the_server_is_a_link(project):
    """Neither what is said unasked nor a reason why something is refused."""
    (project / "agentls.toml").write_text('[rules]\n"[Click](command:x)" = "off"\n', "utf-8")
    with RawClient([*AGENTLS, "--stdio"], cwd=project) as client:
        client.initialize({}, rootUri=project.as_uri())
        uri = (project / ".claude" / "agents" / "reviewer.md").as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": _AGENT}
        client.notify("textDocument/didOpen", {"textDocument": item})
        arguments = [{"uri": uri, "to": "[Click](command:x)"}]
        params = {"command": "agentls.convert", "arguments": arguments}
        refused = client.request("workspace/executeCommand", params)["error"]["message"]
        assert "[Click] (command:x)" in refused
        shown = client.receive(lambda one: one.get("method") == "window/showMessage")["params"]["message"]
        assert "[Click] (command:x)" in shown
        assert client.close() == 0


# --- writing ---


def test_a_write_that_fails_leaves_the_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "agent.md"
    path.write_bytes(b"before")

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        disk.write(str(path), b"after")
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["agent.md"]

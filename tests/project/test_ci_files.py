"""The doors of CI: the action on a simulated event, the hooks of pre-commit, the component, the workflows."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from agentls.cli.arguments import parse
from command_line import BROKEN, HEALTHY, posix_only, run, write
from patience import PATIENCE

_ROOT = Path(__file__).parents[2]


def _yaml(name):
    return yaml.safe_load((_ROOT / name).read_text("utf-8"))


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "a project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


# The action


@pytest.fixture
def action(tmp_path, project):
    """Runs the step of the action as a runner does; pip is one that notes what it is to install."""
    (step,) = [step for step in _yaml("action.yml")["runs"]["steps"] if step.get("id") == "check"]
    interpreter = tmp_path / "python"
    agentls = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m agentls "$@"\n'
    interpreter.write_text(
        f'#!/bin/sh\nmkdir -p "$3/bin"\nprintf %s {shlex.quote(agentls)} > "$3/bin/agentls"\n'
        'printf \'#!/bin/sh\\necho "$@" > "$PIP_LOG"\\n\' > "$3/bin/python"\nchmod +x "$3"/bin/*\n'
    )
    interpreter.chmod(0o755)
    inputs = {name: given.get("default", "") for name, given in _yaml("action.yml")["inputs"].items()}

    def start(**given):
        values = inputs | {name.replace("_", "-"): value for name, value in given.items()}
        names = {
            name: re.fullmatch(r"\$\{\{ inputs\.(.+) \}\}", str(value)) for name, value in step["env"].items()
        }
        environment = {name: values[found[1]] for name, found in names.items() if found}
        files = {
            name: tmp_path / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "PIP_LOG")
        }
        (tmp_path / "runner").mkdir(exist_ok=True)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=project,
            env={
                **os.environ,
                **environment,
                **{name: str(path) for name, path in files.items()},
                "PYTHON": str(interpreter),
                "RUNNER_TEMP": str(tmp_path / "runner"),
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        said = {name: path.read_text() if path.exists() else "" for name, path in files.items()}
        return done, said

    return start


@posix_only
def test_the_action_annotates_and_sums_up(project, action):
    write(project, "reviewer.md", BROKEN)
    done, said = action()
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=.claude/agents/reviewer.md,line=4,")
    assert said["PIP_LOG"].endswith(" agentls\n")
    summary = said["GITHUB_STEP_SUMMARY"].splitlines()
    assert summary[0] == "### agentls"
    assert summary[2] == "| level | where | rule | what |"
    assert summary[4].startswith("| warning | <code>")
    assert summary[-1].startswith("1 warning in 1 of 1 file")
    assert said["GITHUB_OUTPUT"] == ""


@posix_only
def test_the_action_does_as_its_inputs_say(project, action, tmp_path):
    write(project, "reviewer.md", BROKEN)
    write(project, "x y/.claude/agents/healthy.md", HEALTHY.replace("reviewer", "healthy"))
    done, said = action(paths="x y\n\n", version="0.2.0", upload_sarif="true", annotations="false")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 file checked, no problems found\n"
    assert said["PIP_LOG"].endswith(" agentls==0.2.0\n")
    log = tmp_path / "runner" / "agentls.sarif"
    assert said["GITHUB_OUTPUT"] == f"sarif-file={log}\n"
    assert json.loads(log.read_text())["version"] == "2.1.0"
    done, _ = action(fail_on="error")
    assert done.returncode == 0


@posix_only
def test_the_action_obeys_no_input(project, action, tmp_path):
    write(project, "reviewer.md", HEALTHY)
    evil = f'$(touch {tmp_path}/x) `touch {tmp_path}/x`; touch {tmp_path}/x "'
    for given in ({"paths": evil}, {"version": evil}, {"baseline": evil}, {"fail_on": evil}):
        action(**given)
    assert not (tmp_path / "x").exists()


def test_no_input_is_pasted_into_a_script():
    for name in ("action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"):
        whole = _yaml(name)
        jobs = [whole["runs"]] if "runs" in whole else whole["jobs"].values()
        for step in (step for job in jobs for step in job["steps"]):
            assert "${{" not in step.get("run", ""), name
            uses = step.get("uses", "./")
            assert uses == "./" or re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", uses), uses


# Others


def test_the_hooks_of_pre_commit_call_commands_that_exist():
    for hook in _yaml(".pre-commit-hooks.yaml"):
        program, *arguments = shlex.split(hook["entry"])
        assert program in tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
        assert parse([*arguments, "a.md"]).paths == ["a.md"]
        pattern = re.compile(hook["files"])
        for path in (".claude/agents/a.md", ".codex/agents/a.toml", ".claude/settings.json", "a b/SKILL.md"):
            assert pattern.search(path)
        assert not pattern.search("main.py")


def test_the_component_of_gitlab_calls_options_that_exist():
    text = (_ROOT / "editors/gitlab/templates/check.yml").read_text("utf-8")
    head, job = yaml.safe_load_all(text)
    assert set(re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", text)) == set(head["spec"]["inputs"])
    lines = [shlex.split(line) for line in job["agentls"]["script"]]
    for program, *arguments in lines:
        if program == "agentls":
            assert parse([word if not word.startswith("$") else "error" for word in arguments])
    written = {
        arguments[arguments.index("--output") + 1] for _, *arguments in lines if "--output" in arguments
    }
    assert written == set(job["agentls"]["artifacts"]["reports"].values())


def test_the_problem_matcher_finds_what_concise_prints(project):
    write(project, "reviewer.md", BROKEN)
    (matcher,) = json.loads((_ROOT / "editors/github/matcher.json").read_text("utf-8"))["problemMatcher"]
    (pattern,) = matcher["pattern"]
    line = run("check", "--format", "concise").stdout.splitlines()[0]
    found = re.fullmatch(pattern["regexp"], line)
    assert found
    assert [found[pattern[name]] for name in ("file", "line", "column", "severity", "code")] == [
        ".claude/agents/reviewer.md",
        "4",
        "14",
        "warning",
        "unknown-tool",
    ]


def test_ci_runs_every_python_that_the_package_names():
    classifiers = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    named = {word.rpartition(" ")[2] for word in classifiers if re.search(r":: 3\.\d+$", word)}
    matrix = _yaml(".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert set(matrix["python"]) == named
    assert {system.partition("-")[0] for system in matrix["os"]} == {"ubuntu", "macos", "windows"}

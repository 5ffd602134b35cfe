"""The products' own loaders as judges: their verdict beside ours, over real files and over converted ones.

``AGENTLS_JUDGES`` names a folder in which ``npm install @google/gemini-cli @qwen-code/qwen-code`` was run.
The validator of the Agent Skills specification comes by ``pip install skills-ref``.
No network and no account is used, and nothing in a file is executed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import made
from agentls import products
from agentls.conversion.file_conversion import ConversionRefusedError, convert_file, targets
from agentls.explain import loading
from agentls.explain.loading import LoadState
from agentls.text.decoding import decode
from material import CORPUS, claude_agents, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

_JUDGES = os.environ.get("AGENTLS_JUDGES", "")
_HERE = Path(__file__).parents[1] / "judges"
_LOADS = {LoadState.LOADED, LoadState.AMBIGUOUS, LoadState.SHADOWED}
_TIMEOUT = 120
Verdicts = dict[Path, str | None]

pytestmark = needs_corpus


def _by_node(script: str, package: str) -> Callable[[list[Path]], Verdicts]:
    def judge(files: list[Path]) -> Verdicts:
        folder = _package(package)
        command = ["node", str(_HERE / script), str(folder), *map(str, files)]
        done = subprocess.run(
            command, capture_output=True, timeout=_TIMEOUT, check=True, env=_environment(files)
        )
        said = json.loads(done.stdout[done.stdout.index(b"{") :])
        return {file: said[str(file)] for file in files}

    return judge


def _package(name: str) -> Path:
    folder = Path(_JUDGES, "node_modules", *name.split("/"))
    if not _JUDGES or not folder.is_dir() or not shutil.which("node"):
        pytest.skip(f"no judge: AGENTLS_JUDGES names no folder with {name}, or there is no node")
    return folder


def _environment(files: list[Path]) -> dict[str, str]:
    """A home of their own, so that nothing of this machine's user is read or written."""
    home = str(files[0].parents[3] / "home")
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return {"PATH": os.environ["PATH"], **dict.fromkeys(names, home)}


def _skills_ref(files: list[Path]) -> Verdicts:
    skills_ref = pytest.importorskip("skills_ref", reason="no judge: skills-ref is not installed")
    return {file: "; ".join(skills_ref.validate(file.parent)) or None for file in files}


JUDGES: dict[str, Callable[[list[Path]], Verdicts]] = {
    "gemini-agent": _by_node("gemini.mjs", "@google/gemini-cli"),
    "qwen-agent": _by_node("qwen.mjs", "@qwen-code/qwen-code"),
}


def _real(dialect: str) -> list[tuple[str, bytes]]:
    """The real files of a dialect, each with its path in a project."""
    found = []
    for path in sorted(CORPUS.rglob("*.md")):
        place = _PLACE.search(path.relative_to(CORPUS).as_posix())
        if place and _dialect_of(place[0]) == dialect:
            found.append((place[0], path.read_bytes()))
    return found


_PLACE = re.compile(r"(?<=/)\.\w+/(?:agents?|skills|modes?)/.+")


def _dialect_of(path: str) -> str:
    file = made.make({path: ""}).files.get(made.locate(path))
    return file.dialect.name if file else ""


def _ours(path: str, data: bytes) -> loading.Outcome:
    workspace = made.make({path: data})
    return loading.outcome(workspace.context(workspace.files[made.locate(path)]))


def _lay_out(folder: Path, files: list[tuple[str, bytes]]) -> list[Path]:
    """Each file in a project of its own."""
    places = []
    for number, (path, data) in enumerate(files):
        place = folder / str(number) / path
        place.parent.mkdir(parents=True)
        place.write_bytes(data)
        places.append(place)
    return places


@pytest.mark.parametrize("dialect", JUDGES)
def test_the_product_loads_what_we_say_it_loads(dialect: str, tmp_path: Path):
    files = _real(dialect)
    assert files
    places = _lay_out(tmp_path, files)
    theirs = JUDGES[dialect](places)
    differences = []
    for (path, data), place in zip(files, places, strict=True):
        ours = _ours(path, data)
        if (ours.state in _LOADS) != (theirs[place] is None):
            reasons = [finding.message for finding in ours.reasons]
            differences.append(f"{path}\n  we: {ours.state.value} {reasons}\n  {dialect}: {theirs[place]}")
    print(f"{dialect}: {len(files)} files, {sum(said is None for said in theirs.values())} load")
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("dialect", JUDGES)
def test_the_product_loads_what_was_converted_for_it(dialect: str, tmp_path: Path):
    target = products.load().dialects[dialect]
    converted = []
    for path, data in claude_agents():
        workspace = made.make({path: decode(data)[0]})
        file = workspace.files[made.locate(path)]
        assert target in list(targets(file))
        try:
            new = convert_file(workspace.context(file), target)
        except ConversionRefusedError:
            continue
        converted.append((made.shown(new.path), new.text.encode()))
    assert converted
    theirs = JUDGES[dialect](_lay_out(tmp_path, converted))
    print(f"{dialect}: {len(theirs)} converted files")
    assert {str(path): said for path, said in theirs.items() if said} == {}


def test_the_validator_of_the_specification_agrees_about_skills(tmp_path: Path):
    """Its every complaint is one of ours, of whatever severity: it rejects what products load."""
    files = [*_real("agent-skill"), *_real("claude-skill")]
    places = _lay_out(tmp_path, files)
    theirs = _skills_ref(places)
    silent = []
    for (path, data), place in zip(files, places, strict=True):
        as_skill = re.sub(r"^\.\w+/skills/", ".agents/skills/", path)
        workspace = made.make({as_skill: data})
        found = workspace.findings.get(made.locate(as_skill), [])
        # We keep quiet about fields in which authors keep notes of their own; products ignore them.
        known = workspace.files[made.locate(as_skill)].dialect.allowed_unknown
        unexpected = re.match(r"Unexpected fields in frontmatter: ([^.]*)\.", theirs[place] or "")
        is_private = unexpected and set(unexpected[1].split(", ")) <= set(known)
        if theirs[place] and not found and not is_private:
            silent.append(f"{path}: {theirs[place]}")
    print(f"agent-skill: {len(files)} files, {sum(said is None for said in theirs.values())} valid")
    assert not silent, "\n".join(silent)

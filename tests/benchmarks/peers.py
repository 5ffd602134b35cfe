"""``agentls check`` beside the other checkers of agent files: whole processes, over the same files.

Each is run where it can be installed; what it says about the files is not compared here.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from shutil import rmtree, which

from made_up import project
from measuring import AGENTLS, Row, Run, run

_PYTHON = ("agnix", "skillsaw")
_NODE = ("@carlrannaberg/cclint", "yaml-language-server")
_TOGETHER, _APART = "one folder", "one folder each"
SHAPES = [(_TOGETHER, count) for count in (1, 100, 1_000, 4_000)] + [(_APART, 100), (_APART, 1_000)]
# Seconds after which a peer is not waited for; one that takes a part of it runs once.
_PATIENCE, _SLOW = 90, 8
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    argv: list[str]
    most: int = 4_000  # files; more would take all day


def install(folder: Path) -> None:
    """Into a folder outside the repository; what cannot be had is left out."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", *_PYTHON], check=False, timeout=300)
    if which("npm"):
        npm = ["npm", "install", "--silent", "--prefix", str(folder), *_NODE]
        subprocess.run(npm, check=False, timeout=300, stdin=subprocess.DEVNULL)


def versions(folder: Path) -> dict[str, str]:
    """Of the peers that are there."""
    python = distributions(path=[str(site) for site in folder.glob("lib/python*/site-packages")])
    there = {one.name: one.version for one in python if one.name in _PYTHON}
    for name in _NODE:
        package = folder / "node_modules" / name / "package.json"
        if package.exists():
            there[name.rpartition("/")[2]] = json.loads(package.read_text("utf-8"))["version"]
    return there


def found(folder: Path) -> list[Peer]:
    """The peers that are there; why the others are not is printed."""
    scripts, modules = folder / "bin", folder / "node_modules" / ".bin"
    candidates = [
        Peer("agnix", [str(scripts / "agnix"), "."]),
        Peer("skillsaw", [str(scripts / "skillsaw"), "lint", "."], most=1_000),
        Peer("cclint", [str(modules / "cclint"), "agents"]),
    ]
    there = [peer for peer in candidates if Path(peer.argv[0]).exists()]
    for peer in candidates:
        if peer not in there:
            print(f"{peer.name} is left out: it is not installed in {folder} (--install-peers)")
    return there


def measure(folder: Path, peers: list[Peer]) -> list[Row]:
    ours = Peer("agentls", [*AGENTLS, "check", "."])
    rows: list[Row] = []
    for shape, count in SHAPES:
        place = folder / f"{shape} {count}"
        size = project(place, count, spread=shape == _APART)
        cache = folder / "home" / "cache"
        run(ours.argv, place, folder / "home")  # compiles modules, and makes the disk's cache warm
        runs: dict[str, list[Run]] = {}
        for _ in range(_RUNS):
            rmtree(cache, ignore_errors=True)
            runs.setdefault("agentls, nothing remembered", []).append(run(ours.argv, place, folder / "home"))
            _touch(place)
            runs.setdefault("agentls, one file changed", []).append(run(ours.argv, place, folder / "home"))
            for peer in peers:
                # A slow one is seen to be slow the first time.
                slow = runs.get(peer.name, [])
                if count <= peer.most and not any(one.wall > _SLOW for one in slow):
                    runs.setdefault(peer.name, []).append(_patiently(peer, place, folder / "home"))
        rows += _rows(f"{shape}, {count:,} files, {size / 1e6:.1f} MB", runs)
        rmtree(place)
    return rows


def _touch(place: Path) -> None:
    """Change one file as an author does."""
    first = min(place.rglob("*.md"))
    first.write_bytes(first.read_bytes() + b"One more line.\n")


def _patiently(peer: Peer, place: Path, home: Path) -> Run:
    try:
        return run(peer.argv, place, home, _PATIENCE)
    except subprocess.TimeoutExpired:
        # All that is known is that it takes longer.
        return Run(_PATIENCE, _PATIENCE, 0, -1)


def _rows(title: str, runs: dict[str, list[Run]]) -> list[Row]:
    best = {name: min(run.wall for run in found) for name, found in runs.items()}
    return [
        {
            "files": title,
            "checker": name,
            "s, best": round(best[name], 2),
            "s, median": round(statistics.median(run.wall for run in found), 2),
            "processor s": round(min(run.cpu for run in found), 2),
            "peak MiB": round(max(run.memory for run in found)),
            "/ agnix": round(best[name] / best["agnix"], 2) if "agnix" in best else "",
        }
        for name, found in runs.items()
    ]

"""All benchmarks, as tables and as JSON; `BENCHMARKS.md` says what they mean.

    python tests/benchmarks/run.py --install-peers --write
    python tests/benchmarks/run.py --only responses burst --json figures.json

Parts: responses (an editor's waiting time), burst (a stuck key), check (one file, whole process),
peers (other checkers), growth (exponents), editing (memory after a day). All of it takes some ten minutes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import editing
import figures
import growth
import peers
import responses
import yaml_peer
from made_up import agent
from measuring import AGENTLS, Row, machine, run, show

PARTS = ("responses", "burst", "check", "peers", "growth", "editing")
PEERS = Path(tempfile.gettempdir()) / "agentls-peers"


def one_file(folder: Path) -> list[Row]:
    """The whole command for one file, and what of it is Python's own start."""
    rows = []
    python = [sys.executable, "-P", "-c"]
    work = {"python": [*python, "pass"], "python, yaml imported": [*python, "import yaml"]}
    for title, number in (
        ("clean, 6 KB", 1),
        ("clean with emoji, 6 KB", 7),
        ("an unknown tool, 6 KB", 9),
        ("a wrong colour, 6 KB", 20),
    ):
        place = folder / title.replace(", ", "-") / ".claude" / "agents"
        place.mkdir(parents=True)
        (place / "agent.md").write_text(agent(number, 5_900), "utf-8")
        work[f"agentls check, {title}"] = [*AGENTLS, "check", str(place / "agent.md")]
    runs: dict[str, list] = {name: [] for name in work}
    for _ in range(11):
        for name, argv in work.items():
            runs[name].append(run(argv, folder, folder / "home"))
    for name, done in runs.items():
        best, median = min(r.wall for r in done), statistics.median(r.wall for r in done)
        cpu = min(r.cpu for r in done)
        figures = {"ms, best": best * 1000, "ms, median": median * 1000, "processor ms": cpu * 1000}
        rows.append({"process": name, **{head: round(value) for head, value in figures.items()}})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument(
        "--write", action="store_true", help="put the tables into BENCHMARKS.md and README.md"
    )
    parser.add_argument("--peers", type=Path, default=PEERS, help="where they are (%(default)s)")
    parser.add_argument("--install-peers", action="store_true", help="put them there first")
    arguments = parser.parse_args()
    if arguments.install_peers:
        peers.install(arguments.peers)
    versions = {name: version(name) for name in ("agentls", "pygls", "lsprotocol", "PyYAML", "jsonschema")}
    about = machine() | versions | peers.versions(arguments.peers)
    show("Machine", [about])
    measured: dict[str, list[Row]] = {"machine": [about]}
    for part in arguments.only:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="agentls-benchmark-") as folder:
            measured[part] = rows = _measure(part, Path(folder).resolve(), arguments.peers)
        show(part, rows)
        print(f"\n({part}: {time.perf_counter() - start:.0f} s)", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=2), "utf-8")
    if arguments.write:
        figures.write(measured)


def _measure(part: str, folder: Path, peer_folder: Path) -> list[Row]:
    match part:
        case "responses":
            return [*responses.measure(folder), *yaml_peer.measure(folder, peer_folder)]
        case "burst":
            return responses.burst(folder)
        case "check":
            return one_file(folder)
        case "peers":
            return peers.measure(folder, peers.found(peer_folder))
        case "growth":
            return growth.measure(folder)
    return editing.measure(folder)


if __name__ == "__main__":
    main()

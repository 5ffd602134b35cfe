"""Compares agentls with ``claude plugin validate`` over mutants of plugin manifests and marketplaces.

    python tools/judges/plugin_manifests.py --mutants 2000 --claude PATH --agentls PATH

The mutants are written into a temporary folder, as plugins of marketplaces, so that one call judges many.
Claude Code runs with an empty home, and without a network where ``unshare`` is there.
Each difference is printed once for each kind of mutation; the last lines are a table.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 200
# Of a shorter key too little is left.
_SHORTEST = 4
_ENTRY = re.compile(r"plugins[\[.](?P<number>\d+)\]?")
# What a value is replaced with.
_VALUES: tuple[Any, ...] = (
    None,
    True,
    7,
    "",
    "x",
    "a b",
    [],
    ["x"],
    [1],
    {},
    {"x": 1},
    "./agents",
    "../x",
    "./no.md",
)
_MANIFEST: dict[str, Any] = {
    "name": "crew",
    "displayName": "Crew",
    "version": "1.0.0",
    "description": "Sails",
    "author": {"name": "Ada", "email": "ada@example.com", "url": "https://example.com"},
    "homepage": "https://example.com",
    "repository": "https://example.com/r",
    "license": "MIT",
    "keywords": ["sea"],
    "defaultEnabled": True,
    "dependencies": ["base", {"name": "other", "marketplace": "market"}],
    "optionalDependencies": ["more"],
    "metadata": {"any": 1},
    "engines": {"claude-code": ">=2.1.0"},
    "network": {"hosts": ["api.example.com"]},
    "agents": ["./agents/one.md"],
    "commands": {
        "sail": {"source": "./commands/sail.md"},
        "row": {"content": "Row.", "allowedTools": ["Read"]},
    },
    "skills": ["./skills"],
    "outputStyles": "./commands",
    "workflows": ["./commands"],
    "mcpServers": {
        "sea": {"command": "sea", "args": ["x"]},
        "sky": {"type": "http", "url": "https://example.com"},
    },
    "lspServers": {"go": {"command": "gopls", "extensionToLanguage": {".go": "go"}, "startupTimeout": 5}},
    "channels": [{"server": "sea", "displayName": "Sea"}],
    "userConfig": {"port": {"type": "number", "title": "Port", "description": "Where", "min": 1}},
    "experimental": {},
    "binaries": {},
    "settings": {},
}
_MARKETPLACE: dict[str, Any] = {
    "name": "harbor",
    "description": "Plugins",
    "version": "1.0.0",
    "owner": {"name": "Ada", "email": "ada@example.com"},
    "metadata": {"version": "1.0.0", "description": "Plugins"},
    "forceRemoveDeletedPlugins": False,
    "allowCrossMarketplaceDependenciesOn": ["other"],
    "renames": {"old": "crew"},
    "plugins": [{"name": "crew", "source": "./crew"}],
}
_ENTRIES: tuple[dict[str, Any], ...] = (
    {
        "name": "crew",
        "source": "./crew",
        "strict": True,
        "category": "tools",
        "tags": ["sea"],
        "version": "1.0.0",
    },
    {"name": "crew", "source": {"source": "github", "repo": "ada/far", "ref": "main", "sha": "a" * 40}},
    {"name": "crew", "source": {"source": "url", "url": "https://example.com/git.git", "ref": "main"}},
    {"name": "crew", "source": {"source": "git-subdir", "url": "https://example.com/git.git", "path": "sub"}},
    {"name": "crew", "source": {"source": "npm", "package": "plugin", "registry": "https://example.com"}},
    {"name": "crew", "source": {"source": "archive", "url": "https://example.com/a.zip", "sha256": "a" * 64}},
    {"name": "crew", "source": {"source": "command", "command": "make", "mode": "copy"}},
    {
        "name": "crew",
        "source": "./crew",
        "author": {"name": "Ada"},
        "keywords": ["a"],
        "agents": ["./agents/one.md"],
    },
)
_AGENT = "---\nname: one\ndescription: Reviews code\n---\n\nReview.\n"
_COMMAND = "---\ndescription: Sails\n---\n\nSail.\n"
_SKILL = "---\nname: tidy\ndescription: Tidies up. Use when files lie about.\n---\n\nTidy.\n"


class Mutant(NamedTuple):
    """``kind`` says what was done, ``data`` is the object that stands in the file."""

    kind: str
    data: dict[str, Any]


class Verdict(NamedTuple):
    """What each says of a mutant: its gravest words; empty for none."""

    product: str
    own: str


def mutants(whole: dict[str, Any], dice: random.Random, number: int) -> Iterator[Mutant]:
    """One change each: a value of another kind, a key that is gone, misspelled, or new."""
    for _ in range(number):
        data = copy.deepcopy(whole)
        path = dice.choice(list(_paths(data)))
        holder: Any = data
        for step in path[:-1]:
            holder = holder[step]
        last = path[-1]
        shown = ".".join(map(str, path))
        match dice.choice(("value", "value", "value", "gone", "misspelled", "new")):
            case "gone":
                del holder[last]
                yield Mutant(f"{shown} is gone", data)
            case "misspelled" if isinstance(last, str) and len(last) >= _SHORTEST:
                holder[last[:1] + last[2:]] = holder.pop(last)
                yield Mutant(f"{shown} is misspelled", data)
            case "new" if isinstance(holder, dict):
                holder["extra"] = 1
                yield Mutant(f"{'.'.join(map(str, path[:-1]))}.extra is new", data)
            case _:
                value = dice.choice(_VALUES)
                holder[last] = value
                yield Mutant(f"{shown} is {json.dumps(value)}", data)


def _paths(data: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*before, key)
        yield from _paths(value, (*before, key))


def judge_manifests(found: list[Mutant], ask: Ask) -> Iterator[tuple[Mutant, Verdict]]:
    """Plugins in one marketplace, each with a manifest that is a mutant."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        names = [f"p{number}" for number in range(len(found))]
        for name, mutant in zip(names, found, strict=True):
            _plugin(root / name, mutant.data)
        _write(
            root, {**_MARKETPLACE, "renames": {}, "plugins": [{"name": n, "source": f"./{n}"} for n in names]}
        )
        said = ask.product(folder)
        own = ask.own(folder)
        for number, mutant in enumerate(found):
            mine = own.get(f"{names[number]}/.claude-plugin/plugin.json", "")
            yield mutant, Verdict(said.get(number, ""), mine)


def judge_entries(found: list[Mutant], ask: Ask) -> Iterator[tuple[Mutant, Verdict]]:
    """Entries of one marketplace. What is said of each is told by the line it stands on."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _plugin(root / "crew", {**_MANIFEST})
        entries = []
        for number, mutant in enumerate(found):
            entry = dict(mutant.data)
            if entry.get("name") == "crew":
                entry["name"] = f"crew{number}"
            entries.append(entry)
        _write(root, {**_MARKETPLACE, "renames": {}, "plugins": entries})
        said = ask.product(folder)
        own = ask.by_line(folder)
        first = _lines_before_entries(root)
        for number, mutant in enumerate(found):
            yield mutant, Verdict(said.get(number, ""), own.get(first + number, ""))


def judge_lists(found: list[Mutant], ask: Ask) -> Iterator[tuple[Mutant, Verdict]]:
    """Whole marketplaces, one at a time."""
    for mutant in found:
        with tempfile.TemporaryDirectory() as folder:
            _plugin(Path(folder) / "crew", {**_MANIFEST})
            _write(Path(folder), mutant.data)
            said = ask.product(folder)
            own = ask.own(folder).get(".claude-plugin/marketplace.json", "")
            yield mutant, Verdict(" ".join(said.values()), own)


def _plugin(folder: Path, data: dict[str, Any]) -> None:
    for path, text in (
        ("agents/one.md", _AGENT),
        ("commands/sail.md", _COMMAND),
        ("skills/tidy/SKILL.md", _SKILL),
        (".claude-plugin/plugin.json", json.dumps(data)),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _write(root: Path, data: dict[str, Any]) -> None:
    """A marketplace with each plugin on a line of its own."""
    folder = root / ".claude-plugin"
    folder.mkdir(parents=True, exist_ok=True)
    head = {key: value for key, value in data.items() if key != "plugins"}
    text = json.dumps(head, indent=0)
    plugins = data.get("plugins")
    if isinstance(plugins, list):
        lines = ",\n".join(map(json.dumps, plugins))
        text = f'{text.rstrip("}").rstrip()},\n"plugins": [\n{lines}\n]}}'
    elif "plugins" in data:
        text = json.dumps(data)
    (folder / "marketplace.json").write_text(text, "utf-8")


def _lines_before_entries(root: Path) -> int:
    """The number of the line with the first entry, from 1."""
    lines = (root / ".claude-plugin" / "marketplace.json").read_text("utf-8").splitlines()
    return lines.index('"plugins": [') + 2


class Ask:
    """How the two are started."""

    def __init__(self, claude: str, agentls: str) -> None:
        self._claude = claude
        self._agentls = agentls
        self._alone = ["unshare", "-rn"] if shutil.which("unshare") else []

    def product(self, folder: str) -> dict[int, str]:
        """The first error of each plugin in a marketplace; -1 for the marketplace itself."""
        with tempfile.TemporaryDirectory() as home:
            known = {"HOME": home, "PATH": os.environ["PATH"], "NO_COLOR": "1", "DISABLE_AUTOUPDATER": "1"}
            command = [*self._alone, self._claude, "plugin", "validate", "--json", folder]
            ran = subprocess.run(command, env=known, capture_output=True, text=True, check=False, timeout=300)
        found: dict[int, str] = {}
        for error in json.loads(ran.stdout)["manifest"]["errors"]:
            match = _ENTRY.match(error["path"] or "")
            number = int(match["number"]) if match else -1
            found.setdefault(number, f"{error['path']}: {error['message']}")
        return found

    def own(self, folder: str) -> dict[str, str]:
        """The gravest finding of each file, errors and warnings only."""
        return dict(_first((one["path"], one) for one in self._findings(folder)))

    def by_line(self, folder: str) -> dict[int, str]:
        """The same for the lines of the marketplace."""
        found = (one for one in self._findings(folder) if one["path"].endswith("marketplace.json"))
        return dict(_first((one["start"]["line"], one) for one in found))

    def _findings(self, folder: str) -> list[dict[str, Any]]:
        command = [self._agentls, "check", "--no-cache", "--format", "json", "."]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        where = os.path.realpath(folder)
        return [
            {**one, "path": os.path.relpath(os.path.join(where, one["path"]), where)}
            for one in json.loads(ran.stdout)
        ]


def _first(found: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[tuple[Any, str]]:
    gravest: dict[Any, dict[str, Any]] = {}
    grades = ("error", "warning")
    for key, one in found:
        if one["severity"] in grades and (
            key not in gravest or grades.index(one["severity"]) < grades.index(gravest[key]["severity"])
        ):
            gravest[key] = one
    return ((key, f"{one['severity']}: {one['message']}") for key, one in gravest.items())


def main() -> int:
    """Print what differs, and a table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--claude", default=shutil.which("claude"), help="Claude Code; by default that on PATH"
    )
    options.add_argument(
        "--agentls", default=shutil.which("agentls"), help="agentls; by default that on PATH"
    )
    options.add_argument("--mutants", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    if not given.claude or not given.agentls:
        options.error("Claude Code or agentls is not on PATH: name it with --claude or --agentls")
    ask, dice = Ask(given.claude, os.path.abspath(given.agentls)), random.Random(given.seed)  # noqa: S311
    lists = min(60, given.mutants // 20)
    entries = (given.mutants - lists) * 2 // 5
    wholes = (
        ("plugin.json", judge_manifests, [_MANIFEST], given.mutants - lists - entries),
        ("entries of marketplace.json", judge_entries, list(_ENTRIES), entries),
        ("marketplace.json", judge_lists, [_MARKETPLACE], lists),
    )
    for title, judge, seeds, number in wholes:
        made = [one for seed in seeds for one in mutants(seed, dice, -(-number // len(seeds)))][:number]
        table: Counter[str] = Counter()
        told: set[str] = set()
        for start in range(0, len(made), _BATCH):
            for mutant, verdict in judge(made[start : start + _BATCH], ask):
                outcome = _compare(verdict)
                table[outcome] += 1
                if outcome.startswith("only") and (kind := f"{outcome} {mutant.kind}") not in told:
                    told.add(kind)
                    print(f"{title}: {mutant.kind}\n  product: {verdict.product}\n  agentls: {verdict.own}")
        print(
            f"| {title} | {len(made)} | "
            + ", ".join(f"{name}: {n}" for name, n in sorted(table.items()))
            + " |"
        )
    return 0


def _compare(verdict: Verdict) -> str:
    if not verdict.product:
        return "only agentls, error" if verdict.own.startswith("error") else "agree"
    return (
        "agree"
        if verdict.own.startswith("error")
        else "agree, as a warning"
        if verdict.own
        else "only the product"
    )


if __name__ == "__main__":
    sys.exit(main())

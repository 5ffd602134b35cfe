"""Glob that matches no file.

## Why

A rule with globs is loaded only for files that match, so nobody notices when none does.
Globs are compared with the files of the project in the way of the product that reads the rule.
Some products take a name without a slash at any depth, some ignore letter case.

## Example

```markdown .claude/rules/tests.md
---
paths: "./tests/**"
---

Use fixtures.
```

## Use instead

```markdown .claude/rules/tests.md
---
paths: "**/*.md"
---

Use fixtures.
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.outcome.reach import GlobItem, Reach, When, reach
from agentls.semantics.file import File
from agentls.syntax.document import Problem

GROUPS = ("fields",)
HOLDS = ("glob",)
CASES = {
    "impossible": "no path can match",
    "list": "a list in brackets that is read as text",
    "unmatched": "no file of the project matches",
}
# Folders that are not listed.
_UNLISTED = ("node_modules", "site-packages", "__pycache__", ".git/", ".venv", "venv/", ".tox")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    found = reach(file) if file.identity.is_loaded_from else None
    if found is None:
        return
    if (effect := effects.get("list")) and (problem := _misread_list(file)):
        message = f"This is not read as a list. {effect.text}"
        yield effect.finding(problem.span, message, ("list",), covers=problem.entry)
    elif found.when is When.FILES:
        yield from _impossible(found, effects)
        yield from _unmatched(context, found, effects)


def _impossible(found: Reach, effects: Effects) -> Iterator[Finding]:
    effect = effects.get("impossible")
    for one in found.globs if effect else ():
        if effect and one.read.obstacle and not one.read.is_negated:
            message = f"`{_shown(one)}` matches no file: {one.read.obstacle}. {effect.text}"
            yield effect.finding(one.item.span, message, ("impossible",))


def _unmatched(context: Context, found: Reach, effects: Effects) -> Iterator[Finding]:
    effect = effects.get("unmatched")
    files = found.files(context.view) if effect else None
    if effect is None or files is None or not files.is_whole:
        return
    for one in found.globs:
        if _is_certain(one) and not files.matching((one.item.text,), found.syntax):
            message = f"`{_shown(one)}` matches no file of this project. {effect.text}"
            yield effect.finding(one.item.span, message)


def _is_certain(one: GlobItem) -> bool:
    read, text = one.read, one.item.text
    return read.is_known and not (read.is_negated or read.obstacle or any(n in text for n in _UNLISTED))


def _misread_list(file: File) -> Problem | None:
    """A list where only text is read."""
    field = file.document.field(file.dialect.reach.globs)
    problems = (p for p in file.document.problems if p.kind == "misread-list")
    return next((p for p in problems if field and p.entry.start == field.span.start), None)


def _shown(one: GlobItem) -> str:
    return one.item.text[:80].replace("`", "'")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if finding.data == ("list",):
        problem = _misread_list(file)
        field = file.document.field_at(problem.entry.start) if problem else None
        if problem and field and problem.detail:
            line = f"{field.name}: {problem.detail}"
            yield Fix(
                "Join into one line", Change.of(file.path, Edit(problem.entry, line)), is_preferred=True
            )
    glob = file.text.slice(finding.span)
    if finding.data == ("impossible",) and glob.startswith("./") and glob.strip("./"):
        change = Change.of(file.path, Edit(finding.span, glob[2:]))
        yield Fix(f"Change to `{glob[2:]}`", change, is_preferred=True)

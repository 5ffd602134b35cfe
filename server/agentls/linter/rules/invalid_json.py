"""Invalid JSON.

Comments and a comma behind the last entry are no JSON either, although some editors accept them.

## Why

A JSON reader reads the whole file or nothing.

## Example

```json .claude/settings.json
{
  "permissions": {"allow": ["Read"]},
}
```

## Use instead

```json .claude/settings.json
{
  "permissions": {"allow": ["Read"]}
}
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator

GROUPS = ("front-matter",)
SUPERSEDES = ("value", "field")
PROBLEMS = ("",)
_REMOVED = {"trailing-comma": "Remove the comma", "comment": "Remove the comment"}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    accepted = file.dialect.format.tolerates | (file.dialect.recovers_from or frozenset())
    for problem in file.document.problems:
        if problem.kind not in accepted:
            message = f"Invalid JSON: {problem.detail}. {effect.text}"
            yield effect.finding(problem.span, message, (problem.kind,), covers=file.document.content)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for kind in finding.data:
        if title := _REMOVED.get(kind):
            change = Change.of(file.path, Edit(finding.span, ""))
            yield Fix(title, change, is_safe=kind == "trailing-comma", is_preferred=True)

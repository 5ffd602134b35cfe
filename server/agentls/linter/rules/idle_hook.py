"""Hook that never runs.

A matcher that matches nothing, or a condition that never holds.

## Why

A matcher is compared with the name of the tool, and letter case counts.
A matcher with other characters than names have is a regular expression; one that does not compile matches
nothing.
Rules with arguments, such as ``Bash(git *)``, belong into ``if``, which works for tool calls only.

## Example

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: bash
      hooks:
        - type: command
          command: echo checked
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
---
```
"""

from agentls.linter.api import Context, Effects, Finding, Fix, Iterator, Span
from agentls.outcome import idle_hooks
from agentls.semantics import hooks
from agentls.text.similar_words import did_you_mean

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)
CASES = {
    "name": "one of several names, and the others match",
    "unknown": "a name that is not known, and may exist elsewhere",
    "if": "a condition that never holds",
    "server": "a hook for tools of an MCP server that is not configured, or one that calls it",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in idle_hooks.of(context.file):
        if one.rule == idle_hooks.IDLE and (effect := effects.get(one.case)):
            guess = did_you_mean(one.data[0] if one.data else None)
            yield effect.finding(one.span, f"{one.message} {effect.text}{guess}", one.data)
    if effect := effects.get("server"):
        for server, span in _unconfigured(context):
            message = f"MCP server `{server}` is not configured."
            yield effect.finding(span, f"{message} {effect.text}")


def _unconfigured(context: Context) -> Iterator[tuple[str, Span]]:
    """Servers that hooks name and that nobody configures."""
    file, view = context.file, context.view
    if not view.is_complete:
        return
    tools = file.dialect.tools.servers
    listed = (r for r in file.references if r.field and r.kind in ("server", "own-server"))
    own = {tools.spelt(reference.name) for reference in listed}
    for name, span in hooks.called_servers(file):
        if name not in own and not tools.is_elsewhere(name) and not view.resolve("server", name):
            yield name, span
    for name, span in hooks.server_tools(file):
        server = tools.guessed(name)
        is_known = not server or server in own or tools.is_elsewhere(server) or view.resolve("tool", name)
        if server and not is_known:
            yield server, span


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for word in finding.data:
        spelled = file.dialect.format.in_place(file.text.source, finding.span, word)
        yield Fix.replacing(file.path, finding.span, word, spelled)

"""Permission rule that is skipped or never matches.

A rule for a tool that is not written as the product reads it, or that is compared with nothing.

## Why

The product goes on without the rule.
What should be denied is allowed, and what should be allowed is asked for.

## Example

```json .claude/settings.json
{
  "permissions": {"deny": ["Write(secrets/**)"]}
}
```

## Use instead

```json .claude/settings.json
{
  "permissions": {"deny": ["Edit(secrets/**)"]}
}
```
"""

from agentls.linter.api import Context, Effects, Finding, Fix, Iterator
from agentls.outcome import permission_rules
from agentls.text.similar_words import did_you_mean

GROUPS = ("tools",)
FIELDS = ("permissions",)
CASES = {
    "malformed": "a rule that the product cannot read",
    "dead": "a rule that never matches",
    "unmatched": "paths of a tool that are compared with rules for another one",
    "root": "a path that looks like one from the root of the disk",
    "tool": "a tool that is not known",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in permission_rules.of(context.file):
        if effect := effects.get(one.case):
            guess = did_you_mean(one.data[1]) if one.data[:1] == ("meant",) else ""
            yield effect.finding(one.span, f"{one.message} {effect.text}{guess}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    match finding.data:
        case ("meant", tool):
            rule = context.file.text.slice(finding.span)
            yield Fix.replacing(context.file.path, finding.span, tool + rule[len(rule.partition("(")[0]) :])
        case (rule,):
            yield Fix.replacing(context.file.path, finding.span, rule)

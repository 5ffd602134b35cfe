"""Misspelled model.

A name is only reported if it differs from a known alias or model in one letter, in the order of its words,
or in what separates its numbers.
Names with a provider, and models that are newer than agentls, are never reported.

## Why

Any text is accepted as a model, so the mistake is only seen when the agent starts.

## Example

```markdown
---
name: reviewer
description: Reviews code
model: sonet
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
model: sonnet
---
```
"""

import re

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.syntax.nodes import Scalar
from agentls.text.similar_words import did_you_mean, is_one_edit_away

GROUPS = ("fields",)
HOLDS = ("model",)

_LONGEST = 60
# Other signs belong to names of providers and regions.
_MODEL = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9._ -]*?)(?P<window>\[1m\])?")
_DATE = re.compile(r"-\d{8}$")
_PART = re.compile(r"[a-z]+|\d+")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        value = field.value
        if spec.holds != "model" or not isinstance(value, Scalar) or not isinstance(value.plain, str):
            continue
        known = [*(word.name for word in spec.words), *spec.schema.get("examples", ())]
        if meant := _meant(value.value.strip(), known):
            message = f"`{value.value.strip()}` is no model that {file.dialect.product} is known to have."
            yield effect.finding(value.inner, f"{message} {effect.text}{did_you_mean(meant)}", (meant,))


def _meant(name: str, known: list[str]) -> str:
    """The one that was meant; empty where it is one of them, or may be another one."""
    match = _MODEL.fullmatch(name) if len(name) <= _LONGEST else None
    if match is None or name.casefold() in known:
        return ""
    base = _DATE.sub("", match["name"])
    if base.casefold() in known:
        return ""
    words, number = _parts(base)
    for other in known:
        if (found := _MODEL.fullmatch(other)) and not found["window"]:
            own, own_number = _parts(other)
            if number == own_number and _is_near(words, own):
                return other + (match["window"] or "")
    return ""


def _parts(name: str) -> tuple[list[str], str]:
    """The words and the digits."""
    parts = _PART.findall(name.casefold())
    return [part for part in parts if part.isalpha()], "".join(part for part in parts if part.isdigit())


def _is_near(words: list[str], own: list[str]) -> bool:
    """Whether they are the same in any order, but for one letter or the name of the family."""
    if sorted(words) == sorted(own) or sorted([*words, "claude"]) == sorted(own):
        return True
    missing, added = [w for w in own if w not in words], [w for w in words if w not in own]
    if len(missing) != 1 or len(added) != 1:
        return False
    # Short words are one letter away from too many others.
    return added[0][0] == missing[0][0] and len(added[0]) > _SHORT and is_one_edit_away(*added, *missing)


_SHORT = 3


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    yield Fix.replacing(context.file.path, finding.span, *finding.data)

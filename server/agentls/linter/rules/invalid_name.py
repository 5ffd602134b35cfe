"""Invalid or unusual name.

## Why

Claude Code skips a file whose name starts with ``-``, contains ``:`` or is longer than 256 characters, or
whose name YAML reads as a number, true or false.
Other unusual names load; if they are hard to type in a call, the message says so.

## Example

```markdown
---
name: team:reviewer
description: Reviews code
---
```

## Use instead

```markdown
---
name: team-reviewer
description: Reviews code
---
```
"""

import re
import unicodedata

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style

GROUPS = ("fields",)
CASES = {
    "skipped": "a name that no agent can have",
    "type": "not a text",
    "unaddressable": "characters that are hard to type in a call",
    "style": "not lowercase words with hyphens",
}
ABOUT = "value"
SUPERSEDES = ("invalid-value",)
FIELDS = ("name",)

_MAX_LENGTH = 256
# Words of letters and digits of any script, joined by hyphens.
_KEBAB = re.compile(r"[^\W_]+(-[^\W_]+)*")
# What has a meaning of its own in a list such as `Agent(a, b)`; a middle dot or an ampersand has none.
_OF_LISTS = re.compile(r"[,()\r\n]")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    field = file.document.field("name")
    if field is None or not isinstance(field.value, Scalar):
        return
    variant, complaint = _judge(field.value)
    effect = effects.get(variant) if variant else None
    if effect:
        yield effect.finding(field.value.span, f"{complaint} {effect.text}", covers=field.span)


def _judge(value: Scalar) -> tuple[str, str]:
    """The variant of the rule's effect and the complaint; empty for a good name."""
    name = value.plain
    if name is None or name == "":
        return "", ""  # missing-name has the word
    if not isinstance(name, str):
        return "type", f"YAML reads the name `{value.value}` as {_kind(name)}, not as text."
    normal = unicodedata.normalize("NFKC", name)
    if ":" in normal:
        return "skipped", "A name must not contain `:`."
    if normal.startswith("-"):
        return "skipped", "A name must not start with `-`."
    if len(normal) > _MAX_LENGTH:
        return "skipped", f"A name must not be longer than {_MAX_LENGTH} characters."
    if _KEBAB.fullmatch(name) and name == name.lower():
        return "", ""
    if _OF_LISTS.search(name):
        return "unaddressable", f"The name `{name}` has characters that are hard to type in a call."
    return "style", "The name is not made of lowercase words joined by hyphens."


def _kind(value: object) -> str:
    return "true or false" if isinstance(value, bool) else "a number"


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field("name")
    if field is None or not isinstance(field.value, Scalar):
        return
    value = field.value
    if value.style is Style.PLAIN and not isinstance(value.plain, str):
        edit = Edit(value.span, file.dialect.format.quoted(value.value))
        yield Fix("Quote the name", Change.of(file.path, edit), is_safe=True, is_preferred=True)
        return
    # Letters of every script stay: what is left of a Japanese name in ASCII would be no name for it.
    name = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", value.value).lower()).strip("-")
    name = name[:_MAX_LENGTH].rstrip("-")
    if name:
        edit = Edit(value.span, file.dialect.format.in_place(file.text.source, value.span, name))
        yield Fix(f"Rename to `{name}`", Change.of(file.path, edit), is_preferred=True)

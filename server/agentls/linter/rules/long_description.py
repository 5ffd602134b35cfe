"""Description uses too many tokens.

The description contains examples and has more than 256 characters, or it has more than 1,024 characters.
The descriptions of all agents together may be too long as well; then the longest one of them is reported.
In a skill, everything beyond 1,536 characters is cut off.

## Why

To choose an agent or a skill, the model reads all descriptions, in every conversation.
Their list has a budget; whatever exceeds it is silently cut or left out.
Examples help the agent that does the work, so they belong in the body.

## Example

```markdown
---
name: reviewer
description: |-
  Reviews code.
  <example>
  user: "I have changed how invoices are rounded, added two columns to the table of orders and moved the
  tests into a folder of their own. Is this good, and what would you do in another way? I would like to
  send it to the others today, so please tell me about the worst of it first."
  assistant: "I will ask the reviewer."
  </example>
---

You review code.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code; use it when somebody asks whether a change is good.
---

You review code.
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effect, Effects, Finding, Fix, Iterator, Span
from agentls.syntax import yaml_repairs
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.system import paths
from agentls.text import token_count
from agentls.workspace import descriptions

GROUPS = ("text",)
CASES = {
    "cut": "longer than the product accepts",
    "long": "long, or with examples",
    "total": "long together with those of all other files",
}
FIELDS = ("description",)

_LONG = 1024
# With less an example costs no more than a good description does.
_LEAST_WITH_EXAMPLES = 256
# The longest of some hundreds has more, and fewer do no harm.
_LEAST_OF_ALL = 100
_MARK = re.compile(r"<(?P<end>/?)example>", re.IGNORECASE)
# What introduces them goes with them.
_LEAD = re.compile(r"(?:(?:for |some )?examples?|e\.g\.)\Z", re.IGNORECASE)
_LONGEST_LEAD = len("some examples")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    text = file.document.string("description")
    field = file.document.field("description")
    if text is None or field is None or not isinstance(field.value, Scalar):
        return
    is_read = file.document.is_recovered and all(map(file.document.field, file.dialect.required))
    if field.value.style is Style.RAW or not is_read:
        return  # first it must be readable at all
    total = effects.get("total")
    if total and len(text) >= _LEAST_OF_ALL:
        yield from _together(context, total, field.key)
    limit = file.dialect.description_limit
    variant = "cut" if limit and len(text) > limit else "long"
    effect = effects.get(variant)
    has_examples = "<example>" in text and len(text) >= _LEAST_WITH_EXAMPLES
    if effect and (variant == "cut" or len(text) > _LONG or has_examples):
        what = (
            f"This description has {len(text):,} characters, about {token_count.estimate(len(text)):,} tokens"
        )
        examples = ", including examples" if has_examples else ""
        yield effect.finding(field.key, f"{what}{examples} (estimated). {effect.text}")


def _together(context: Context, effect: Effect, span: Span) -> Iterator[Finding]:
    file, view = context.file, context.view
    limit = file.dialect.descriptions_limit
    own = next((d for d in view.summary(file.path).definitions if d.kind == file.dialect.kind), None)
    if own is None or limit is None:
        return
    totals = {total.group: total for total in view.description_totals(own.kind)}
    mine = totals.get(descriptions.group_of(own))
    # One of them is enough to say it.
    if mine is None or paths.key(mine.longest) != paths.key(file.path):
        return
    users = totals.get(descriptions.users_group(own)) if file.settings.user_scope else None
    characters = mine.characters + (users.characters if users and users is not mine else 0)
    tokens = token_count.estimate(characters)
    if tokens > limit:
        what = f"All agents' descriptions together have about {tokens:,} tokens (estimated)"
        yield effect.finding(span, f"{what}, and this is the longest. {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field("description")
    if field is None or not isinstance(field.value, Scalar) or file.document.closing is None:
        return
    text = field.value.value
    if "\n" not in text:
        text = text.replace("\\n", "\n")
    found = _examples(text)
    before = _without_lead(text[: found.start]) if found else ""
    if found is None or not before:
        return
    newline = file.text.newline
    rest = f"{before}\n{text[found.end :].strip()}".strip()
    examples = text[found.start : found.end].replace("\n", newline)
    end = len(file.text.source.rstrip())
    moved = f"{newline}{newline}## Examples{newline}{newline}{examples}"
    edits = (yaml_repairs.block(file.document, field, rest), Edit(Span(end, end), moved))
    yield Fix("Move the examples to the body", Change.of(file.path, *edits), is_preferred=True)


def _examples(text: str) -> Span | None:
    """From the first example to the end of the last one."""
    marks = list(_MARK.finditer(text))
    first = next((mark for mark in marks if not mark["end"]), None)
    last = next((mark for mark in reversed(marks) if mark["end"]), None)
    return Span(first.start(), last.end()) if first and last and first.start() < last.start() else None


def _without_lead(text: str) -> str:
    text = text.rstrip()
    words = text.removesuffix(":").rstrip()
    lead = _LEAD.search(words, max(0, len(words) - _LONGEST_LEAD))
    return words[: lead.start()].rstrip() if lead else text

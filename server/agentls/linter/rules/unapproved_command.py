"""Command that nothing allows.

A command in the text runs while the text is loaded, and needs a permission that the file does not give.

## Why

The product does not ask at that point.
A command that neither a rule in ``allowed-tools`` nor the settings allow stops the whole skill or command.

## Example

```markdown commands/pull.md
---
description: Sums up a pull request
argument-hint: "[number]"
---

Open pull requests: !`gh pr list --limit 20`
```

## Use instead

```markdown commands/pull.md
---
description: Sums up a pull request
argument-hint: "[number]"
allowed-tools: Bash(gh pr list *)
---

Open pull requests: !`gh pr list --limit 20`
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.outcome.body_text import language_of_commands, shown_commands
from agentls.outcome.command_permission import Answer, DecisivePart, permission
from agentls.syntax.nodes import Scalar, Sequence
from agentls.syntax.substitutions import Kind, Substitution

GROUPS = ("text",)
WORDS = ("!`", "```!")
# A rule of several words in parentheses.
_LONGEST_QUOTE = 60


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    commands = [found for found in file.substitutions if found.kind is Kind.COMMAND]
    if not commands:
        return
    # What is only shown is not meant to run at all.
    shown = {found.span for found in shown_commands(file)}
    settings = [rule.name for rule in context.view.all("approval")]
    for found in commands:
        answer = permission(file, found, settings)
        if found.span not in shown and answer and answer.answer is Answer.ASKS:
            # A language is meant neither to run nor to be allowed.
            language = language_of_commands(file, found)
            for part in answer.parts:
                if not (language and part.text == file.text.slice(language)):
                    yield _finding(file, found, part, effect)


def _finding(file: File, command: Substitution, part: DecisivePart, effect: Effect) -> Finding:
    start = file.text.source.find(part.text, command.inner.start, command.inner.end)
    span = Span(start, start + len(part.text)) if start >= 0 else command.inner
    message = (
        f"`{_short(file.text.slice(span))}` needs the permission `{part.rule}`, which neither"
        f" `{file.dialect.text.shell.field}` nor the settings give. {effect.text}"
    )
    return effect.finding(span, message, (part.rule,))


def _short(part: str) -> str:
    line = " ".join(part.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    (rule,) = finding.data
    # The permission for all commands is for the author to give.
    if "(" in rule and (edit := _added(file, rule)):
        yield Fix(f"Allow `{rule}` in `{file.dialect.text.shell.field}`", Change.of(file.path, edit))


def _added(file: File, rule: str) -> Edit | None:
    document, name = file.document, file.dialect.text.shell.field
    form = file.dialect.format
    field = document.field(name)
    if field is None:
        if document.closing is None:
            return None
        start = document.closing.start
        return Edit(Span(start, start), form.entry_line(name, rule))
    items = file.items(field)
    value = field.value
    if not items:
        return None
    end = items[-1].span.end
    if isinstance(value, Sequence) and not value.flow:
        line = file.text.line_around(items[-1].span.start)
        lead = file.text.source[line.start : items[-1].span.start].rstrip("\"'")
        return Edit(Span(line.end, line.end), f"\n{lead}{form.scalar(rule)}")
    if isinstance(value, Sequence):
        closing = end + 1 if file.text.source[end : end + 1] in ('"', "'") else end
        return Edit(Span(closing, closing), f", {form.scalar(rule, in_flow=True)}")
    return Edit(Span(end, end), f", {rule}") if isinstance(value, Scalar) else None

"""Invalid YAML front matter.

A field of the front matter cannot be read as YAML.
The finding is at the cause, which is often far from the place where a parser gives up: a colon in a plain
sentence, the first line that lost its indentation, or a quote that is never closed.

## Why

Products read front matter with a YAML parser and report nothing when it fails.
Claude Code quotes simple one-line values and tries again; other products skip the file.
The message says which of the two happens here.

## Example

```markdown
---
name: reviewer
description: Reviews code: style, tests and names
---
```

## Use instead

```markdown
---
name: reviewer
description: "Reviews code: style, tests and names"
---
```
"""

from agentls.linter.api import MOST_RELATED, Change, Context, Effects, File, Finding, Fix, Iterator, Span
from agentls.linter.unusual_characters import title
from agentls.outcome import tool_refusal
from agentls.products import validation
from agentls.syntax import yaml_repairs
from agentls.syntax.document import Problem
from agentls.syntax.nodes import Scalar
from agentls.syntax.repair_types import Expected
from agentls.syntax.spelling import Style

GROUPS = ("front-matter",)
CASES = {
    "skipped": "the product cannot recover",
    "recovered": "the product recovers",
    "no-fields": "the front matter is a list or a single value",
}
SUPERSEDES = ("value", "field", "tool", "name", "list")
PROBLEMS = ("",)

_CAUSES = {
    "colon": "A colon followed by a space starts a new key, so this unquoted value is not valid YAML.",
    "indicator": "An unquoted value must not start with this character, which has a special meaning in YAML.",
    "colon-at-end": "A colon at the end of a line starts a new key, so this unquoted text is not valid YAML.",
    "inner-colon": "A colon followed by a space starts a new key, so this unquoted value is not valid YAML.",
    "inner-indicator": "An unquoted value must not start with this character.",
    "unclosed-quote": "This quote is never closed.",
    "unclosed-bracket": "This bracket is never closed.",
    "text-after-quote": "The value ended at the closing quote; this text follows it.",
    "text-after-bracket": "The value ended at the closing bracket; this text follows it.",
    "no-space-after-colon": "A space is missing after this colon, so this is not a field.",
    "no-colon": "A colon is missing after the name of this field.",
    "list-on-key-line": "A list with dashes cannot start on the line of its field.",
    "star-list": "A list item starts with `-`; in YAML, `*` starts an alias.",
    "block-text": "After this character, the text must start on the next line.",
    "tight-item": "A list item starts with a dash and a space; the space is missing here.",
    "tab-indentation": "YAML does not allow tabs as indentation.",
    "unindented": "This line is not indented, so it is neither part of the value above nor a field.",
    "indented-field": "This field is indented, so it is part of the value above and not a field of its own.",
    "unindented-quote": "This line is not indented enough to continue the quoted text above.",
    "unindented-list": "This line is not indented enough to continue the list above.",
    "block-indentation": "This line is indented less than the first line of its text block.",
    "foreign-comment": "This is not a comment in YAML, where comments start with `#`.",
    "comment-in-text": "This comment ends the unquoted value, so the line below it belongs to nothing.",
    "tight-comment": "A space is missing before this comment.",
    "trailing-comma": "Fields are not separated by commas or semicolons.",
    "unknown-alias": "An unquoted value that starts with `*` refers to an anchor; there is no such anchor.",
    "document-end": "This line ends the YAML document, so the fields below it are not part of it.",
    "stray-text": "This is neither a field nor part of one.",
    "not-a-mapping": "Front matter must consist of fields of the form `name: value`.",
}


# They have rules of their own.
_OF_OTHERS = ("unclosed", "damaged-fence")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    mended = file.dialect.recovers_from
    for problem in file.document.problems:
        if problem.kind in _OF_OTHERS or problem.kind.startswith(("misplaced-", "misread-")):
            continue
        holds_no_fields = problem.kind == "not-a-mapping"
        if holds_no_fields and file.dialect.front_matter_may_be_list and _is_list(file, problem):
            continue
        recovers = problem.is_recoverable and file.document.is_recovered
        # Claude Code mends whatever quotes can mend; other products less.
        recovers = recovers and (mended is None or problem.kind in mended)
        effect = effects.get("recovered" if recovers else "skipped")
        if holds_no_fields:
            effect = effects.get("no-fields") or effect
        if effect:
            loss = _loss(file, problem) if recovers and file.dialect.format.requotes else ""
            message = f"{_cause(file, problem)} {effect.text}{loss}"
            refusal = file.effect("no-usable-tool") if loss and tool_refusal.refused_entries(file) else None
            if refusal:
                effect = effect._replace(severity=refusal.severity, ends=refusal.ends)
                message = f"{message} {refusal.text}"
            yield effect.finding(problem.span, message, (problem.kind,), covers=_covers(file, problem))


def _is_list(file: File, problem: Problem) -> bool:
    return file.text.slice(problem.span).startswith(("-", "["))


def _loss(file: File, problem: Problem) -> str:
    """What is lost although the product recovers: to it, a list that is broken is a text."""
    field = file.document.field_at(problem.entry.start)
    spec = file.dialect.fields.get(field.name) if field else None
    if field is None or spec is None or not isinstance(field.value, Scalar):
        return ""
    if field.value.style is not Style.RAW:
        return ""
    if spec.is_names:
        lost = [item.text for item in file.items(field) if not _SIGNS_OF_YAML.isdisjoint(item.text)]
        names = " and ".join(f"`{name}`" for name in lost[:MOST_RELATED])
        end = "is no name, so it is lost" if len(lost) == 1 else "are no names, so they are lost"
        return f" But in this text, {names} {end}." if lost else ""
    text = field.value.value
    if not validation.errors(file.dialect.schema, {field.name: text}):
        return ""
    return f" But the value is then the text `{text:.60}`. {spec.invalid_effect(file.scope).text}"


# No name has these in it.
_SIGNS_OF_YAML = frozenset("[]{}\"'`@")


def _cause(file: File, problem: Problem) -> str:
    if problem.kind == "other-colon":
        sign = title(file.text.source[problem.span.start])
        return f"{sign} only looks like a colon, so this is not a field."
    return _CAUSES.get(problem.kind) or f"Invalid YAML: {problem.detail}."


_OF_NO_FIELD = frozenset(
    {
        "not-a-mapping",
        "stray-text",
        "no-colon",
        "other-colon",
        "no-space-after-colon",
        "indented-field",
        "foreign-comment",
        "document-end",
    }
)


def _covers(file: File, problem: Problem) -> Span:
    """A broken entry spoils itself; text that is no entry spoils what the whole front matter says."""
    opening = file.document.opening
    if problem.kind in _OF_NO_FIELD and opening:
        return Span(opening.start, file.document.content.end)
    return problem.entry


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    problem = file.document.problem_at(finding.span)
    if problem is None:
        return
    lists = frozenset(name for name, spec in file.dialect.fields.items() if spec.is_names)
    expected = Expected(file.dialect.known, lists)
    for number, repair in enumerate(yaml_repairs.repairs(file.document, problem, expected)):
        change = Change.of(file.path, *repair.edits)
        yield Fix(repair.title, change, repair.is_certain, is_preferred=number == 0)

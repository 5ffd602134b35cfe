"""What stands at a place of the text after loading, in Markdown: an argument, a variable, a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.explain import prompt
from agentls.outcome import body_text
from agentls.outcome.command_permission import Answer, permission
from agentls.syntax.substitutions import Kind
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.outcome.command_permission import CommandPermission
    from agentls.semantics.file import File
    from agentls.syntax.substitutions import Substitution

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# A longer command is told by its beginning.
_LONGEST_COMMAND = 200


def note(file: File, found: Substitution) -> str:
    """What becomes of one substitution of the file."""
    return "\n\n".join(filter(None, _NOTES[found.kind](file, found)))


def _argument(file: File, found: Substitution) -> Iterator[str]:
    grammar = file.text_grammar
    number = int(found.value)
    index = number - grammar.first
    if index < 0:
        yield f"No argument: they are counted from {grammar.first}."
        return
    numbers = [int(one.value) for one in file.substitutions if one.kind is Kind.ARGUMENT]
    takes_rest = grammar.is_rest_last and number == max(numbers, default=0)
    yield f"**{_ordinal(index).capitalize()}**{' and all that follow' if takes_rest else ''}."
    yield from _names(file, index)
    if grammar.missing == "empty":
        yield "If it is not given, nothing stands here."
    else:
        yield f"If it is not given, {_code(file.text.slice(found.span))} stays as written."


def _named(file: File, found: Substitution) -> Iterator[str]:
    index = file.argument_names.index(found.value)
    yield f"**{_ordinal(index).capitalize()}**, declared in `{file.dialect.text.names_field}`."
    yield from _hint(file, index)
    yield "If it is not given, nothing stands here."


def _arguments(file: File, _: Substitution) -> Iterator[str]:
    yield "**All arguments**, as they are typed."
    if hint := file.document.string(file.dialect.text.hint_field):
        yield f"`{file.dialect.text.hint_field}`: {_code(hint)}"
    yield "If none is given, nothing stands here."


def _variable(file: File, found: Substitution) -> Iterator[str]:
    variables = file.dialect.text.variables
    starred = next((name for name in variables if name[-1] == "*" and found.value.startswith(name[:-1])), "")
    known = variables.get(found.value) or variables.get(starred)
    if known is None:
        yield f"**{found.value}** — {file.dialect.product} knows no such variable."
        return
    yield f"**{found.value}** — {known.description}"
    if value := prompt.value_of(file, found.value):
        yield _code(value)


def _command(file: File, found: Substitution) -> Iterator[str]:
    yield f"**Runs while the text is loaded**; its output stands here: {_code(_short(found.value))}"
    allowed = permission(file, found)
    yield f"{file.dialect.product} runs it without asking." if allowed is None else _permission(file, allowed)


def _permission(file: File, allowed: CommandPermission) -> str:
    field = file.dialect.text.shell.field
    rules = ", ".join(map(_code, allowed.rules))
    match allowed.answer:
        case Answer.FREE:
            return "It needs no permission."
        case Answer.GRANTED:
            return f"`{field}` allows it: {rules}"
        case Answer.UNKNOWN if not allowed.rules:
            return f"It is not known whether it needs a permission: `{file.dialect.text.shell.tool}`"
        case Answer.UNKNOWN:
            return f"`{field}` does not allow it. If it needs a permission, that is {rules}"
    stops = f"Where settings do not allow it either, {file.dialect.product} loads nothing of this text."
    return f"It needs the permission {rules}, which `{field}` does not give. {stops}"


def _file(file: File, found: Substitution) -> Iterator[str]:
    yield f"**File** {_code(found.value)}: {file.dialect.product} adds its content to the text."


def _agent(_: File, found: Substitution) -> Iterator[str]:
    name = found.value.removeprefix("agent-")
    yield f"**Agent** {_code(name)}: the model is told that the user wants it."


def _escape(file: File, found: Substitution) -> Iterator[str]:
    yield f"**{_code(file.text.source[found.span.end - 1])}**, without the backslash."


_NOTES = {
    Kind.ARGUMENT: _argument,
    Kind.ARGUMENTS: _arguments,
    Kind.NAMED: _named,
    Kind.VARIABLE: _variable,
    Kind.COMMAND: _command,
    Kind.FILE: _file,
    Kind.AGENT: _agent,
    Kind.ESCAPE: _escape,
}


def _names(file: File, index: int) -> Iterable[str]:
    names = file.argument_names
    if index < len(names):
        yield f"Declared in `{file.dialect.text.names_field}` as {_code(names[index])}."
    yield from _hint(file, index)


def _hint(file: File, index: int) -> Iterable[str]:
    slots = body_text.hint_slots(file)
    if index < len(slots):
        yield f"`{file.dialect.text.hint_field}`: {_code(slots[index])}"


def _ordinal(index: int) -> str:
    return f"the {_ORDINALS[index]} argument" if index < len(_ORDINALS) else f"argument {index + 1}"


def _short(command: str) -> str:
    line = " ".join(command.split("\n"))
    return line if len(line) <= _LONGEST_COMMAND else f"{line[:_LONGEST_COMMAND]}…"


def _code(text: str) -> str:
    return f"`{markdown_escape.code(text)}`"

"""Whether a command in a text may run while the text is loaded: nobody is asked, so it must be allowed."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome import tool_access
from agentls.syntax.substitutions import Kind
from agentls.text import globs
from agentls.text.shell_commands import shell_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products.facts import ShellRules
    from agentls.semantics.file import File
    from agentls.syntax.substitutions import Substitution
    from agentls.text.shell_commands import ShellCommand

# What is written to nowhere makes no file.
_NOWHERE = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr"})
_RULE = re.compile(r"(?P<tool>\w+)(?:\((?P<pattern>.*)\))?", re.DOTALL)
# The words that tell what a command does: `gh pr view`, and no option, path, quotation or placeholder.
_PLAIN_WORD = re.compile(r"[A-Za-z][\w.-]*|[./~][\w./~-]*")
_MOST_WORDS = 3
# A path outside of the project, or several in braces.
_MAY_LEAD_OUT = re.compile(r"[/~]|\.\.|[^{\n]*\{.*,")
# What stands for an argument that nobody knows yet.
_UNKNOWN_WORD = "\N{HORIZONTAL ELLIPSIS}"


class Answer(Enum):
    FREE = "it runs without asking"
    GRANTED = "a rule allows it"
    ASKS = "it would ask"
    UNKNOWN = "nobody knows"


class DecisivePart(NamedTuple):
    """A simple command; ``rule`` is the one that allows it, or would."""

    answer: Answer
    text: str
    rule: str = ""


class CommandPermission(NamedTuple):
    """``parts`` are those simple commands that decide."""

    answer: Answer
    parts: tuple[DecisivePart, ...] = ()

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(part.rule for part in self.parts if part.rule))


def permission(file: File, command: Substitution, others: Iterable[str] = ()) -> CommandPermission | None:
    """Of a command in the text of a file, with ``others`` as rules beside its own; None where all are run."""
    shell = file.dialect.text.shell
    if not shell.tool:
        return None
    rules = [*tool_access.approvals(file), *others]
    patterns = {rule: pattern for rule in rules if (pattern := _pattern(file, rule)) is not None}
    if whole := next((rule for rule, pattern in patterns.items() if pattern == "*"), None):
        return CommandPermission(Answer.GRANTED, (DecisivePart(Answer.GRANTED, command.value, whole),))
    commands = shell_commands(_typical(file, command))
    if commands is None:
        return CommandPermission(Answer.UNKNOWN)
    parts = [_part(shell, patterns, one) for one in commands if one.words or one.writes_to]
    for answer in (Answer.ASKS, Answer.UNKNOWN, Answer.GRANTED):
        if alike := tuple(part for part in parts if part.answer is answer):
            return CommandPermission(answer, alike)
    return CommandPermission(Answer.FREE)


def _part(shell: ShellRules, patterns: dict[str, str], command: ShellCommand) -> DecisivePart:
    text = command.text
    if command.is_nested or any(target not in _NOWHERE for target in command.writes_to):
        # No rule for single commands covers what another one makes, or a new file.
        return DecisivePart(Answer.ASKS, command.whole, shell.tool)
    if command.variables - {"HOME"}:
        # It does not know their values before.
        return DecisivePart(Answer.ASKS, text, shell.tool)
    rule = next((rule for rule, pattern in patterns.items() if _covers(pattern, text)), None)
    if rule:
        return DecisivePart(Answer.GRANTED, text, rule)
    needed = f"{shell.tool}({_naming_words(command)} *)"
    if not rule and any(_covers(pattern, text) for pattern in shell.asking):
        return DecisivePart(Answer.ASKS, text, needed)
    is_clear = not any(map(_MAY_LEAD_OUT.match, command.words[1:]))
    if is_clear and any(_covers(pattern, text) for pattern in shell.free):
        return DecisivePart(Answer.FREE, text)
    # It reads nothing outside of the project.
    return DecisivePart(Answer.UNKNOWN, text, needed)


def _covers(pattern: str, text: str) -> bool:
    """As Claude Code compares: `git *` is `git` as well, and `git:*` is the same."""
    if pattern.endswith(":*"):
        pattern = f"{pattern[:-2]} *"
    bare = pattern.rstrip()
    return text == bare.removesuffix(" *") or globs.matches(bare, text)


def _pattern(file: File, rule: str) -> str | None:
    """What a rule for the shell stands for; None for a rule about something else."""
    match = _RULE.fullmatch(rule.strip())
    if match is None or file.dialect.tools.spelt(match["tool"]) != file.dialect.text.shell.tool:
        return None
    return _without_braces(file, (match["pattern"] or "*").strip()) or "*"


def _without_braces(file: File, text: str) -> str:
    """The product fills its variables in rules, too: what stands for them is the same on both sides."""
    for name in file.text_grammar.variables:
        text = text.replace(f"${{{name}}}", name)
    return text


def _typical(file: File, command: Substitution) -> str:
    """The command with a word for each argument, as if somebody had typed one."""
    return "".join(_filled(file, command))


def _filled(file: File, command: Substitution) -> Iterator[str]:
    source, at = file.text.source, command.inner.start
    for found in file.substitutions_in(command.inner):
        yield source[at : found.span.start]
        match found.kind:
            case Kind.ARGUMENT | Kind.ARGUMENTS | Kind.NAMED:
                yield _UNKNOWN_WORD
            case Kind.VARIABLE:
                yield found.value
            case Kind.ESCAPE:
                yield "$"
            case _:
                yield source[found.span.start : found.span.end]
        at = found.span.end
    yield source[at : command.inner.end]


def _naming_words(command: ShellCommand) -> str:
    """The words by which a rule can name the command."""
    words: list[str] = []
    for word in command.text.split(" ")[:_MOST_WORDS]:
        if not _PLAIN_WORD.fullmatch(word):
            break
        words.append(word)
    return " ".join(words) or command.text

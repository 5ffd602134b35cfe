"""Where front matter begins and ends; knows nothing of what stands between the fences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.text.source import Text

BYTE_ORDER_MARK = "\ufeff"
_OPENING = re.compile(r"---[^\S\r\n]*(?=\r|\n|\Z)")
# The products close at the first `---`; what follows it on its line belongs to the body.
_CLOSING = re.compile(r"(?:(?<=\n)|(?<=\r))---")
_INDENTED_CLOSING = re.compile(r"^[^\S\r\n]*(?P<dashes>---)[^\S\r\n]*$", re.MULTILINE)
_BLANK_REST = re.compile(r"[^\S\r\n]*(?:\r\n?|\n|\Z)")
# What stands alone on its line in place of a closing fence.
_DAMAGED_CLOSING = re.compile(
    r"^[^\S\r\n]*(?P<sign>[-‐‑‒–—―−]{2,}|[‒–—―−]|[_*=~+]{3,}|\.{3}|-(?: -){2,}|— — —)[^\S\r\n]*$",
    re.MULTILINE,
)


# What authors take for a fence.
_RULE = r"[-–—]{2,}|\+{3}|\*{3,}|_{3,}|={3,}|-(?: -){2,}"
# What authors put before the front matter by mistake, and what they write in place of its first fence.
_FLAWED = re.compile(
    r"\ufeff?(?P<before>(?:\s*<!--(?:(?!-->).)*-->|\s*(?P<code>`{3,}+|~{3,}+)[^\r\n`]*+)?\s*?(?:^|(?<=\ufeff)|\A))"
    rf"(?P<indent>[^\S\r\n]*)(?P<dashes>{_RULE})[^\S\r\n]*(?:\r\n?|\n)",
    re.DOTALL | re.MULTILINE,
)
_FIRST_KEY = re.compile(r"\ufeff?(?:name|description)[^\S\r\n]*:[^\S\r\n]+\S")
_TOML_FIELD = re.compile(r"(?:[^\S\r\n]*(?:#[^\r\n]*)?[\r\n])*[^\S\r\n]*[A-Za-z0-9_-]+[^\S\r\n]*=")
_FIELD = re.compile(r"^[^\S\r\n]*(?:name|description)[^\S\r\n]*[:=]", re.MULTILINE)
_ANY_CLOSING = re.compile(rf"^[^\S\r\n]*(?:{_RULE})[^\S\r\n]*$", re.MULTILINE)
# Front matter does not start further down than this (characters).
_FAR = 4000


class Fences(NamedTuple):
    """``content`` starts on the line after the opening fence and ends where the closing fence starts.

    ``flaw``: why no product takes this for front matter (`indented`, `dashes`, `comment`, `code`, `blank`,
    `missing`, `toml`); empty where they do. ``opening`` is then what stands there, of no length when nothing
    does.
    """

    opening: Span
    content: Span
    closing: Span | None
    body: Span
    flaw: str = ""


def find(text: Text, *, may_be_indented: bool = False) -> Fences | None:
    """The fences of a text that starts with ``---``; without a closing one the content runs to the end.

    ``may_be_indented``: where no line starts with the closing fence, an indented one counts.
    """
    source = text.source
    opening = _OPENING.match(source, 1 if source.startswith(BYTE_ORDER_MARK) else 0)
    if opening is None:
        return _find_flawed(source)
    rest = _BLANK_REST.match(source, opening.end())
    start = rest.end() if rest else len(source)
    closing = _closing(source, start, may_be_indented=may_be_indented)
    end = len(source)
    if closing is None:
        return Fences(Span(*opening.span()), Span(start, end), None, Span(end, end))
    rest = _BLANK_REST.match(source, closing.end)
    body = Span(rest.end() if rest else closing.end, end)
    return Fences(Span(*opening.span()), Span(start, closing.start), closing, body)


def _closing(source: str, start: int, *, may_be_indented: bool) -> Span | None:
    if closing := _CLOSING.search(source, start):
        return Span(*closing.span())
    indented = _INDENTED_CLOSING.search(source, start) if may_be_indented else None
    return Span(*indented.span("dashes")) if indented else None


def damaged_closing(source: str, content: Span) -> Span | None:
    """The first line that was meant to close front matter: too few dashes, others, or another rule."""
    match = _DAMAGED_CLOSING.search(source, content.start, content.end)
    return Span(*match.span("sign")) if match else None


def _find_flawed(source: str) -> Fences | None:
    """What was meant to be front matter: it has a name or a description, and an end."""
    if missing := _FIRST_KEY.match(source):
        start = 1 if source.startswith(BYTE_ORDER_MARK) else 0
        return _flawed(source, Span(start, start), start, "missing") if missing else None
    match = _FLAWED.match(source, 0, _FAR)
    if match is None:
        return None
    opening = Span(match.start("indent"), match.end("dashes"))
    return _flawed(source, opening, match.end(), _flaw(match))


def _flaw(match: re.Match[str]) -> str:
    if match["code"]:
        return "code"
    if match["before"].strip():
        return "comment"
    if match["dashes"] != "---":
        return "dashes"
    return "indented" if match["indent"] else "blank"


def _flawed(source: str, opening: Span, start: int, flaw: str) -> Fences | None:
    closing = _ANY_CLOSING.search(source, start)
    if closing is None or not _FIELD.search(source, start, closing.start()):
        return None
    if source[opening.start : opening.end] == "+++" and _is_toml(source[start : closing.start()]):
        flaw = "toml"
    rest = _BLANK_REST.match(source, closing.end())
    body = Span(rest.end() if rest else closing.end(), len(source))
    return Fences(opening, Span(start, closing.start()), Span(*closing.span()), body, flaw)


def _is_toml(content: str) -> bool:
    """Whether the first line that says something is a field of TOML."""
    return bool(_TOML_FIELD.match(content))

"""Tells damage from text that is about damage: a mention in code or between quotation marks. It finds no damage itself."""

import re
from bisect import bisect_right

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+?(?<!`)\1(?!`)")
_SUBJECT = re.compile(
    r"mojibake|utf-?8|encoding|charset|character set|unicode|code ?page|cp125\d|cp437|windows-125\d|latin-1"
    r"|iso-?8859|mac-?roman|shift.?jis|garbled|ftfy|zeichensalat",
    re.IGNORECASE,
)
_QUOTES = frozenset(('""', "''", "“”", "‘’", "«»", "„“", "„”"))


def are_mentions(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether all these runs together are examples in a text about encodings, rather than damage."""
    code_spans = [match.span() for match in _CODE_SPAN.finditer(text)]
    alone = [_is_quoted(text, span) or _is_within(code_spans, span) for span in spans]
    if not all(alone) or not alone:
        fences = [match.span() for match in _FENCE.finditer(text)]
        in_code = (quoted or _is_within(fences, span) for quoted, span in zip(alone, spans, strict=True))
        return all(in_code) and _SUBJECT.search(text) is not None
    return _SUBJECT.search(text) is not None or all(_fills(code_spans, span) for span in spans)


def _is_quoted(text: str, span: tuple[int, int]) -> bool:
    return text[span[0] - 1 : span[0]] + text[span[1] : span[1] + 1] in _QUOTES


def _is_within(ranges: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    index = bisect_right(ranges, (span[0], len(ranges) and ranges[-1][1])) - 1
    return index >= 0 and span[1] <= ranges[index][1]


def _fills(ranges: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    index = bisect_right(ranges, (span[0], ranges[-1][1] if ranges else 0)) - 1
    return index >= 0 and span[1] - span[0] + 2 >= ranges[index][1] - ranges[index][0]

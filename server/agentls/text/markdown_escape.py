"""Words from files within our own Markdown, where they must not become links or markup.

Nothing of a file goes into Markdown but through one of these.
"""

from __future__ import annotations

import re

# What renderers take for a link without any sign around it.
_ADDRESS = re.compile(r"://|www\.|mailto:|xmpp:|\w@\w", re.IGNORECASE)
_SIGN = re.compile(r"([\\`*_\[\]<>#!|~&])")
# What begins a list, a heading or a quotation where a line does.
_BEGINS_BLOCK = re.compile(r"(\d{0,9})([-+=.):])")
_PLAIN_NAME = re.compile(r"[^\W_]+(?:[ ./:_-]{1,2}[^\W_]+)*")
_OWN_CODE = re.compile(r"`([^`\n]*)`")


def code(text: str) -> str:
    """Text for a place between backticks."""
    return re.sub(r"[`\r\n\[\]<>]", "", text)


def strong(name: str) -> str:
    """A name in bold letters, in code where Markdown could act upon it."""
    is_plain = _PLAIN_NAME.fullmatch(name) and not _ADDRESS.search(name)
    return f"**{name}**" if is_plain else f"**`{code(name) or '?'}`**"


def prose(text: str) -> str:
    """A description on one line, with everything that Markdown could act upon taken as text."""
    line = " ".join(map(_word, text.split()))
    return _BEGINS_BLOCK.sub(r"\1\\\2", line, count=1) if _BEGINS_BLOCK.match(line) else line


def message(text: str) -> str:
    """The words of a finding: what they have between backticks is code, and the rest prose.

    Names in them may have backticks of their own, so neither part can act, wherever it ends.
    """
    parts = _OWN_CODE.split(" ".join(text.split("\n")))
    return "".join(f"`{code(part) or ' '}`" if place % 2 else _kept(part) for place, part in enumerate(parts))


def _kept(part: str) -> str:
    """Prose with its spaces."""
    return "".join(word if word.isspace() else _word(word) for word in re.split(r"(\s+)", part) if word)


def _word(word: str) -> str:
    if _ADDRESS.search(word):
        return f"`{code(word) or '?'}`"
    return _SIGN.sub(r"\\\1", word)

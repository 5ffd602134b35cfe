"""The regular expressions by which JSON is read; none takes more than linear time."""

from __future__ import annotations

import re

_BLANKS = r"[ \t\r\n]*+"
_WORD = r"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+|true|false|null)(?=[\s,}\]:/]|\Z)"
TOKEN = re.compile(
    rf"{_BLANKS}(?:"
    r'(?P<string>"(?:[^"\\\x00-\x1f]++|\\[^\r\n])*+(?P<closed>"?))'
    r"|(?P<sign>[{}\[\],:])"
    rf"|(?P<word>{_WORD})"
    r"|(?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)"
    r'|(?P<other>[^\s{}\[\],:"/]++|.))',
    re.DOTALL,
)
# What nearly all of a file is made of, at once: an entry or an item that is a simple text or a word, with
# what ends it; or the key of a larger value.
_SIMPLE = r'"([^"\\\x00-\x1f]*+)"'
_ENDS = rf"{_BLANKS}(?:(,)|(?=[}}\]]))"
MEMBER = re.compile(rf"{_BLANKS}{_SIMPLE}{_BLANKS}:{_BLANKS}(?:(?:{_SIMPLE}|({_WORD})){_ENDS}|(?=[{{\[]))")
ITEM = re.compile(rf"{_BLANKS}(?:{_SIMPLE}|({_WORD})){_ENDS}")
# A text with characters in it that should be escaped, as far as its line goes.
LENIENT = re.compile(r'"(?:[^"\\\r\n]++|\\[^\r\n])*+(?P<closed>"?)')
CONTROL = re.compile(r"[\x00-\x1f]")
ESCAPE = re.compile(r'\\(?:(?P<good>["\\/bfnrt]|u[0-9a-fA-F]{4})|.)', re.DOTALL)
# A key without quotes stands before a colon; what follows a word that is no value belongs to it.
BEFORE_COLON = re.compile(r"[ \t\r\n]*+:")
GARBAGE = re.compile(r"[^\r\n,}\]\"]*+")
# From one bracket to the next, over all texts between them.
TO_BRACKET = re.compile(r'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+(?:(?P<opening>[{\[])|[}\]])', re.DOTALL)

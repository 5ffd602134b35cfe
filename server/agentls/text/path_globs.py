"""Globs for paths as the products read them, each compiled to one expression that never tries a thing twice.

A star takes as little as it can and gives nothing back, which is right for globs: what follows it in a folder
or a path only has more room then. So the time is at most the length of the path times that of the glob.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Of braces in braces there may be more texts than anybody meant.
_MOST_TEXTS = 256
_LONGEST = 2_000
_TOKEN = re.compile(
    r"\[(?P<set>[!^]?\]?[^\]/]{0,256})\]|\\(?P<escaped>.)|(?P<stars>\*+)|(?P<other>.)", re.DOTALL
)
_BRACES = re.compile(r"\{([^{}]*)\}")
_EXTENDED = re.compile(r"[@+*?!]\(")
# Two stars before other characters cross folders or not, as the library likes.
_STARS_IN_NAME = re.compile(r"(?:^|/)\*\*[^/*]")
_SIGNS = re.compile(r"[*?\[]")
_ANY_FOLDERS = "**"


class Reading(NamedTuple):
    """How a library reads a glob.

    ``dots``: stars also take names that begin with a dot; ``nests``: braces may stand in braces; ``itself``:
    ``a/**`` is also ``a``; ``escapes``: a backslash takes the meaning of the next character; ``extends``:
    there are patterns such as ``@(a|b)``, of which nothing is known here; ``below``: a folder that fits takes
    in all that is in it; ``literal``: a text that is the glob itself fits; ``bangs``: ``[!a]`` is no ``a``.
    """

    dots: bool = True
    nests: bool = True
    itself: bool = False
    escapes: bool = True
    extends: bool = False
    ignores_case: bool = False
    below: bool = False
    literal: bool = False
    bangs: bool = True


class PathGlob(NamedTuple):
    """``expression`` is for whole paths with forward slashes; ``part`` is in each that fits, in lowercase.

    Most paths do not fit, which is soon seen by that.
    """

    expression: re.Pattern[str]
    part: str = ""

    def matches(self, path: str) -> bool:
        return self.expression.fullmatch(path) is not None


@lru_cache(maxsize=4096)
def compiled(glob: str, reading: Reading) -> PathGlob | None:
    """The glob as it is read, relative to where the paths are; None for one of which nothing is known."""
    if len(glob) > _LONGEST or (reading.extends and (_EXTENDED.search(glob) or _STARS_IN_NAME.search(glob))):
        return None
    texts = expanded(glob, nests=reading.nests)
    if texts is None:
        return None
    flags = re.DOTALL | (re.IGNORECASE if reading.ignores_case else 0)
    below = "(?:/.*)?" if reading.below else ""
    wholes = [f"(?:{_path(text, reading)}{below})" for text in texts]
    wholes += [re.escape(glob)] if reading.literal else []
    try:
        expression = re.compile("|".join(wholes), flags)
    except re.error:
        # A set such as `[z-a]` holds nothing.
        return PathGlob(re.compile(r"(?!)"))
    return PathGlob(expression, _longest_part(texts[0]) if len(texts) == 1 else "")


def expanded(glob: str, *, nests: bool = True) -> list[str] | None:
    """The glob without braces, once for each text in them; None for too many, and for ranges."""
    done: list[str] = []
    waiting = [glob]
    while waiting:
        text = waiting.pop()
        found = _BRACES.search(text)
        if found is None or (not nests and _is_in_braces(text, found.start())):
            done.append(text)
        elif "," not in found[1]:
            if ".." in found[1]:
                return None
            # Braces around one text stay what they are.
            done += _kept(text, found, nests=nests) or []
        else:
            parts = found[1].split(",")
            waiting += [text[: found.start()] + part + text[found.end() :] for part in reversed(parts)]
        if len(done) + len(waiting) > _MOST_TEXTS:
            return None
    return done


def _kept(text: str, found: re.Match[str], *, nests: bool) -> list[str] | None:
    rest = expanded(text[found.end() :], nests=nests)
    return [text[: found.end()] + one for one in rest] if rest is not None else None


def _is_in_braces(text: str, offset: int) -> bool:
    before = text[:offset]
    return before.count("{") > before.count("}")


def _path(glob: str, reading: Reading) -> str:
    """The expression of a glob without braces."""
    folders = glob.split("/")
    groups: list[list[str]] = [[]]
    for folder in folders:
        if folder == _ANY_FOLDERS:
            # Several of them in a row are one.
            if groups[-1] or len(groups) == 1:
                groups.append([])
        else:
            groups[-1].append(_name(folder, reading))
    first, *others = ("/".join(group) for group in groups)
    if not others:
        return first
    folder = "[^/]++" if reading.dots else r"(?!\.)[^/]++"
    text = f"{first}/" if first else ""
    for group in others[:-1]:
        text += f"(?>(?:{folder}/)*?{group}/)"
    if others[-1]:
        return f"{text}(?:{folder}/)*?{others[-1]}"
    rest = rf"{folder}(?:/{folder})*+"
    if reading.itself and first and len(others) == 1 and not _SIGNS.search(folders[0]):
        return f"{first}(?:/{rest})?"
    return text + rest


def _name(folder: str, reading: Reading) -> str:
    """The expression of a name in a path."""
    chunks: list[list[str]] = [[]]
    for match in _TOKEN.finditer(folder):
        if match["stars"]:
            if chunks[-1] or len(chunks) == 1:
                chunks.append([])
        elif match["set"] is not None:
            chunks[-1].append(_set(match["set"], bangs=reading.bangs))
        elif match["escaped"] and reading.escapes:
            chunks[-1].append(re.escape(match["escaped"]))
        elif match["other"] == "?":
            chunks[-1].append("[^/]")
        else:
            chunks[-1].append(re.escape(match[0]))
    hidden = "" if reading.dots or not folder.startswith(("*", "?", "[")) else r"(?!\.)"
    if len(chunks) == 1:
        return hidden + "".join(chunks[0])
    first, *middle, last = chunks
    text = hidden + "".join(first) + "".join(f"(?>[^/]*?{''.join(chunk)})" for chunk in middle)
    if last:
        return f"{text}(?>[^/]{{{len(last)},}})(?<={''.join(last)})"
    # A star alone is no empty name.
    return f"{text}[^/]++" if not first and not middle else f"{text}[^/]*+"


def _set(inside: str, *, bangs: bool) -> str:
    is_other = inside[:1] in ("!^" if bangs else "^") and len(inside) > 1
    own = inside[1:] if is_other else inside
    shown = own.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]").replace("^", r"\^")
    shown = shown.replace("&&", r"&\&").replace("~~", r"~\~").replace("||", r"|\|").replace("--", r"-\-")
    if not own:
        return re.escape(f"[{inside}]")
    return f"(?!/)[{'^' if is_other else ''}{shown}]"


def _longest_part(glob: str) -> str:
    """What stands between signs in a glob without braces, if it has no sets and nothing escaped."""
    plain = "" if "[" in glob or "\\" in glob else glob
    return max(re.split(r"[*?]+|^/|\*\*/", plain), key=len).strip("/").lower()

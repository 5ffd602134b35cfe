"""Differential search: mutants of the literate cases, tried on both sides; what differs is made small."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import cases
from judges import account, mutants
from judges.products import PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from judges.answers import Loaded
    from judges.products import Kind

_NAME = re.compile(r"^name\s*[:=]\s*.*$", re.MULTILINE)
_MOST_SHRUNK = 40
# What stands for the name of a mutant until it has its own.
_TOKEN = "m00000z"  # noqa: S105


class Difference(NamedTuple):
    """``what`` tells the change to the case, ``how`` the difference in words."""

    path: str
    data: bytes
    what: str
    how: str


class Tally(NamedTuple):
    mutants: int
    differences: tuple[Difference, ...]


def search(product: str, kind: str, count: int, seed: int, *, start: bool) -> Tally:
    """Try about ``count`` mutants."""
    asked = PRODUCTS[product][kind]
    random = Random(seed)  # noqa: S311
    tried = list(_drawn(asked, random, count))
    found: list[Difference] = []
    for first in range(0, len(tried), asked.batch):
        found += _differences(asked, tried[first : first + asked.batch], start=start)
    return Tally(len(tried), tuple(found))


class _Mutant(NamedTuple):
    path: str
    data: bytes
    what: str
    token: str


def _drawn(kind: Kind, random: Random, count: int) -> Iterator[_Mutant]:
    """Mutants of the cases of a dialect, as many of each, each with a name of its own."""
    sources = list(dict.fromkeys(_sources(kind)))
    random.shuffle(sources)
    each = max(1, -(-count // max(1, len(sources))))
    number = 0
    for source in sources:
        for what, data in mutants.of(source, random, each):
            if number == count:
                return
            token = f"m{number:05}z"
            number += 1
            yield _Mutant(kind.path.replace("TOKEN", token), _named(data, token), what, token)


def _is_unicode(text: str) -> bool:
    return text.encode("utf-8", "ignore").decode() == text


def _named(data: bytes, token: str) -> bytes:
    """With its own name in the place of what stands for it, whatever the encoding and the case."""
    for codec in ("utf-8", "utf-16-le", "utf-16-be"):
        for old, new in ((_TOKEN, token), (_TOKEN.upper(), token.upper()), (_TOKEN.title(), token.title())):
            data = data.replace(old.encode(codec), new.encode(codec))
    return data


def _sources(kind: Kind) -> Iterator[str]:
    """The files of the cases, each called by a name that can be replaced."""
    for case in cases.load("rules", "dialects"):
        for source in case.sources:
            text = source.text
            if source.data is None and _is_unicode(text) and _can_be_changed(kind, source.path, text):
                yield _NAME.sub(kind.name.replace("TOKEN", _TOKEN), text, count=1)


def _can_be_changed(kind: Kind, path: str, text: str) -> bool:
    head = text.partition("\n---\n")[0]
    is_whole = bool(re.match(kind.opening, text)) and (head != text or not kind.opening)
    is_one = bool(re.search(kind.cases, path)) and len(text) < kind.longest
    return is_one and is_whole and (not kind.named or _NAME.search(head) is not None)


def _differences(kind: Kind, tried: list[_Mutant], *, start: bool) -> list[Difference]:
    theirs = kind.ask({one.path: one.data for one in tried}, start)
    told = [(one, _how(one, theirs)) for one in tried]
    return [Difference(one.path, one.data, one.what, how) for one, how in told if how]


def _how(one: _Mutant, theirs: list[Loaded]) -> str:
    """How the answers differ about one mutant; empty if they do not."""
    ours, why = account.of(one.path, one.data)
    own = [loaded for loaded in theirs if one.token in loaded.name.lower()]
    said = f" ({'; '.join(filter(None, why))})"
    if ours is None:
        return f"the product loads {own[0].name!r}, we say it does not{said}" if own else ""
    if one.token not in ours.name.lower():
        # Others may have that name, too.
        return (
            ""
            if any(loaded.name == ours.name for loaded in theirs)
            else f"we say {ours.name!r} is loaded{said}"
        )
    loaded = next((loaded for loaded in own if loaded.name == ours.name), None)
    if loaded is None:
        return f"we say it loads as {ours.name!r}, the product has {[one.name for one in own]}{said}"
    if None not in (ours.description, loaded.description) and not _are_alike(
        ours.description, loaded.description
    ):
        return f"the description is {loaded.description!r}, we say {ours.description!r}{said}"
    if None not in (ours.tools, loaded.tools) and ours.tools != loaded.tools:
        return f"the tools are {sorted(loaded.tools or ())}, we say {sorted(ours.tools or ())}{said}"
    return ""


def _are_alike(one: str | None, other: str | None) -> bool:
    """Whether two descriptions are the same; a product may cut one and folds its lines."""
    ours, theirs = (re.sub(r"\s+", " ", text or "").strip() for text in (one, other))
    return ours == theirs or ours.startswith(theirs.rstrip("…").rstrip(".").strip() or "\0")


def shrunk(product: str, kind: str, difference: Difference) -> Difference:
    """The same difference with as few lines as show it; each attempt is a run, so they are few."""
    asked = PRODUCTS[product][kind]
    token = re.search(r"m\d{5}z", difference.path)
    if token is None:
        return difference
    lines = difference.data.split(b"\n")
    for number in reversed(range(min(len(lines), _MOST_SHRUNK))):
        data = b"\n".join([*lines[:number], *lines[number + 1 :]])
        again = _differences(asked, [_Mutant(difference.path, data, difference.what, token[0])], start=False)
        if again and again[0].how.split(" (")[0] == difference.how.split(" (")[0]:
            lines.pop(number)
            difference = again[0]
    return difference


def as_case(difference: Difference) -> str:
    """A literate case, ready to be completed."""
    text = difference.data.decode("utf-8", "backslashreplace")
    return f"## {difference.what}\n\n{difference.how}\n\n````markdown {difference.path}\n{text}\n````\n"


def summed_up(differences: Iterable[Difference]) -> dict[str, list[Difference]]:
    """The differences by what the answers say, names and texts left out."""
    found: dict[str, list[Difference]] = {}
    for one in differences:
        found.setdefault(re.sub(r"m\d{5}z|'[^']*'|\"[^\"]*\"", "…", one.how), []).append(one)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))

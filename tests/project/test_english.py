"""Texts for users are in plain American English: phrases that read oddly, and what to write instead."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[2]
_SERVER = _ROOT / "server" / "agentls"

# What not to write, as a regular expression, and what to write instead.
INSTEAD = {
    r"mend(s|ed|ing)?": "fix",
    r"bring(s|ing)? (along|back)|brought (along|back)": "provide, include; restore",
    r"certain (repair|fix)(es|s)?|without a doubt|leaves? no doubt": "safe fix",
    r"without a (word|message)|in silence|nobody (is told|says so)": "silently",
    r"(is|are) (not )?in force": "has (no) effect",
    r"becomes of": "what happens to it, whether it loads",
    r"nowhere to be found|is nowhere|leads? nowhere": "not found, does not exist",
    r"goes by another name|given up": "renamed, deprecated",
    r"shall": "should",
    r"for the sake of": "for",
    r"set-up": "setup",
    r"(of|and) (its|their) kin": "and similar",
    r"as it stands|as they stand": "as is",
    r"was not seen": "is unknown",
    r"demands?": "requires",
    r"small letters|lower-case": "lowercase",
    r"silent about|is silent": "does not report, reports nothing",
    r"misspelt|spelt": "misspelled, spelled",
    r"colour\w*": "color",
    r"licence": "license",
    r"behaviour\w*": "behavior",
    r"\w*honour\w*": "accept, use",
    r"organis(e|ed|ation|ing)s?": "organize, organization",
    r"recognis\w+": "recognize",
    r"catalogue": "catalog",
    r"grey": "gray",
    r"dialogue": "dialog",
}
_BANNED = {re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE): better for phrase, better in INSTEAD.items()}
_PAGES = ("README.md", "SECURITY.md", "editors", "server/agentls/linter/pages")
# What an installation or a build leaves there is nobody's page.
_BUILT = frozenset({"node_modules", "dist"})
# In the schemas, what is shown to a user; the others are names and data.
_SHOWN = frozenset({"effect", "description", "expects", "note", "text", "doc", "deprecated", "without"})
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def _pages() -> Iterator[Path]:
    for name in _PAGES:
        path = _ROOT / name
        found = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        yield from (page for page in found if not _BUILT.intersection(page.relative_to(_ROOT).parts))


def _odd(text: str) -> list[str]:
    """What reads oddly in a text, each with what to write instead; code is left alone."""
    prose = _CODE.sub("", text)
    return [
        f"{found[0]!r}: write {better}" for odd, better in _BANNED.items() for found in odd.finditer(prose)
    ]


def test_odd_phrases_are_recognized():
    assert _odd("What becomes of a colour.") == [
        "'becomes of': write what happens to it, whether it loads",
        "'colour': write color",
    ]
    assert _odd("The field `colour` is a color.") == []


@pytest.mark.parametrize("page", list(_pages()), ids=lambda page: page.relative_to(_ROOT).as_posix())
def test_a_page_is_in_plain_english(page: Path):
    assert _odd(page.read_text("utf-8")) == []


@pytest.mark.parametrize("schema", sorted((_ROOT / "schemas").glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_in_plain_english(schema: Path):
    assert [odd for text in _texts(json.loads(schema.read_text("utf-8"))) for odd in _odd(text)] == []


def _texts(node: object, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _texts(inner, name)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner, key)
    elif isinstance(node, str) and key in _SHOWN:
        yield node


def test_messages_are_in_plain_english():
    """Every string with words in it, but for docstrings, which are for developers."""
    odd = {}
    for path in sorted(_SERVER.rglob("*.py")):
        found = [one for text in _strings(ast.parse(path.read_text("utf-8"))) for one in _odd(text)]
        if found:
            odd[path.relative_to(_SERVER).as_posix()] = found
    assert odd == {}


def _strings(tree: ast.Module) -> Iterator[str]:
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        if is_text and " " in node.value.strip():
            yield node.value


def test_the_extension_is_in_plain_english():
    manifest = json.loads((_ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    keys = ("description", "markdownDescription", "title", "altText")
    texts = [text for key in keys for text in _values(manifest, key)]
    assert len(texts) > len(keys)
    assert [odd for text in texts for odd in _odd(text)] == []


def _values(node: object, wanted: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, inner in node.items():
            if name == wanted and isinstance(inner, str):
                yield inner
            yield from _values(inner, wanted)
    elif isinstance(node, list):
        for inner in node:
            yield from _values(inner, wanted)

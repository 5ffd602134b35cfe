"""What is written about the rules is true: pages, examples, README, sources, and what completion offers."""

from __future__ import annotations

import itertools
import json
import re

import pytest

import architecture
import made
import rule_table
from agentls import products
from agentls.features.completion.complete import complete
from agentls.findings import Severity
from agentls.linter import engine, rule_pages
from agentls.outcome import tool_entries
from agentls.settings.layers import Layer, parse
from cases import Source, blocks

_RULES = engine.rules().values()
_WRITE = "run: python tools/write_docs.py"


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.code)
def test_the_page_of_a_rule_is_current(rule: engine.Rule):
    page = rule_pages.PAGES / f"{rule.code}.md"
    assert page.is_file(), _WRITE
    assert page.read_text("utf-8") == rule_pages.page(rule), _WRITE


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.code)
def test_the_cases_of_a_rule_are_said_in_words(rule: engine.Rule):
    effects = [effect for dialect in products.load().dialects.values() for effect in dialect.effects]
    told_apart = {case for code, _, case in (name.partition(".") for name in effects) if code == rule.code}
    assert set(rule.cases) == told_apart - {""}


def test_there_is_no_page_without_a_rule():
    assert {page.stem for page in rule_pages.PAGES.glob("*.md")} == set(engine.rules()), _WRITE


def test_the_table_in_readme_is_current():
    assert rule_table.shown_in(rule_table.README.read_text("utf-8")) == rule_table.table(), _WRITE


def test_the_diagram_in_architecture_is_current():
    assert architecture.shown() == architecture.diagram(), _WRITE


# --- examples ---


def _found(rule: engine.Rule, section: str) -> list[str]:
    """The codes of what is found in the example files of a section."""
    text = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", rule.doc, re.DOTALL | re.MULTILINE)
    assert text, f"there is no section {section!r}"
    files = {}
    for info, lines in blocks(text[1]):
        _language, path, *manner = [*info.split(" "), "agents/reviewer.md"][: max(2, info.count(" ") + 1)]
        files[path if path.startswith(("~", ".")) else f".claude/{path}"] = Source(
            path, lines, manner=frozenset(manner)
        ).content
    assert files, f"there is no file in {section!r}"
    # A rule of the group opt-in is off until somebody turns it on.
    settings, _ = parse([Layer({"rules": {rule.code: "on"}})])
    return [finding.rule for found in made.make(files, settings).findings.values() for finding in found]


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.code)
def test_the_example_of_a_rule_is_found(rule: engine.Rule):
    assert set(_found(rule, "Example")) == {rule.code}


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.code)
def test_what_to_use_instead_is_clean(rule: engine.Rule):
    assert _found(rule, "Use instead") == []


# --- the catalogue ---

_DIALECTS = products.load().dialects.values()
_EFFECTS = [
    pytest.param(effect, id=f"{dialect.name} {name} {number}")
    for dialect in _DIALECTS
    for name, effects in dialect.effects.items()
    for number, effect in enumerate(effects)
]


@pytest.mark.parametrize("effect", _EFFECTS)
def test_an_effect_says_what_happens_and_how_that_is_known(effect: products.EffectSpec):
    assert effect.text.endswith(".")
    assert effect.source or effect.severity is None


def test_the_catalogue_speaks_of_rules_that_exist():
    named = {name.partition(".")[0] for dialect in _DIALECTS for name in dialect.effects}
    assert named == set(engine.rules())


@pytest.mark.parametrize("dialect", _DIALECTS, ids=lambda dialect: dialect.name)
def test_a_field_says_what_it_is_and_how_that_is_known(dialect: products.Dialect):
    for spec in dialect.fields.values():
        assert spec.doc, spec.name
        assert spec.expects != "another value", spec.name
        assert spec.source, spec.name
        assert spec.invalid_effect("project").text, spec.name


# --- one vocabulary: what completion offers is what the rules accept ---


def _path(dialect: products.Dialect) -> str:
    """A path at which the product looks for such a file."""
    glob = next(place.glob for place in dialect.files if place.scope == "project")
    return glob.replace("**/", "").replace("*", "reviewer")


# What is offered in JSON has cases of its own.
_IN_LINES = [dialect for dialect in _DIALECTS if not dialect.format.quotes_keys]
_PATHS = {dialect.name: _path(dialect) for dialect in _IN_LINES}
_AROUND = {
    ".claude/agents/planner.md": "---\nname: planner\ndescription: Plans\ntools: mcp__library__find\n---\n",
    ".claude/skills/deploy/SKILL.md": "---\ndescription: Deploys\n---\n",
    # What the snippet of `skills` proposes before its author types a name.
    ".claude/skills/skill-name/SKILL.md": "---\ndescription: Any\n---\n",
    ".claude/commands/ship.md": "---\ndescription: Ships\n---\n",
}
_SERVERS = {"library": {"command": "library"}, "my notes": {"command": "notes"}}
# Each product's servers, in the JSON that it reads.
_AROUND |= {
    place.glob.removeprefix("**/"): json.dumps({place.table: _SERVERS})
    for dialect in _DIALECTS
    for place in dialect.server_files
    if place.scope == "project" and not place.glob.endswith(".toml")
}
_BODY = "---\n\nYou review code, and say what is good in it.\n"
# How a list of names begins and ends, on one line.
_OPENINGS = {"words": "", "commas": "", "list": "[", "map": "{"}
_CLOSINGS = {"words": "", "commas": "", "list": "]", "map": "}"}
_TEXTS = {
    "name": "reviewer",
    "description": "Reviews code",
    "developer_instructions": "You review code",
}


def _fields() -> list[object]:
    return [
        pytest.param(dialect, spec, id=f"{dialect.name} {spec.name}")
        for dialect in _IN_LINES
        for spec in dialect.fields.values()
    ]


def _grave(path: str, source: str) -> list[str]:
    workspace = made.make(_AROUND | {path: source})
    found = [f for f in workspace.findings[made.locate(path)] if f.severity <= Severity.WARNING]
    # What a value needs besides is written next.
    return [f.message for f in found if f.rule != "missing-field"]


def _front_matter(dialect: products.Dialect, without: str) -> str:
    names = [name for name in _TEXTS if name in dialect.fields and name != without]
    fence = "---\n" if dialect.format.has_body else ""
    # What is offered for a field that needs another one is of use beside that.
    needed = dialect.fields[without].requires.items()
    texts = [*((name, _TEXTS[name]) for name in names), *needed]
    return fence + "".join(dialect.format.entry_line(name, text) for name, text in texts)


def _body(dialect: products.Dialect) -> str:
    return _BODY if dialect.format.has_body else ""


@pytest.mark.slow
@pytest.mark.parametrize(("dialect", "spec"), _fields())
def test_every_value_that_is_offered_is_accepted(dialect: products.Dialect, spec: products.FieldSpec):
    path = _PATHS[dialect.name]
    below = "" if spec.syntax == "map" else "- "
    openings = [
        f"{spec.name}{dialect.format.separator}",
        *([f"{spec.name}:\n  {below}"] if spec.is_names else []),
    ]
    for opening in openings:
        before = _front_matter(dialect, spec.name) + opening
        source = f"{before}\n{_body(dialect)}"
        workspace = made.make(_AROUND | {path: source})
        offered = complete(workspace.context(workspace.files[made.locate(path)]), len(before))
        for one in offered:
            accepted = source[: one.span.start] + one.text + source[one.span.end :]
            assert not _grave(path, accepted), one.text


@pytest.mark.parametrize(("dialect", "spec"), _fields())
def test_every_field_that_is_offered_is_accepted_as_it_is_filled_in(
    dialect: products.Dialect, spec: products.FieldSpec
):
    path = _PATHS[dialect.name]
    before = _front_matter(dialect, spec.name)
    source = f"{before}\n{_body(dialect)}"
    workspace = made.make(_AROUND | {path: source})
    offered = complete(workspace.context(workspace.files[made.locate(path)]), len(before))
    found = [one for one in offered if one.label == spec.name]
    assert len(found) == 1 or (not found and spec.alias_of)
    for one in found:
        filled = _filled(one.snippet)
        if not filled.endswith((": ", '""', "\n")):
            assert not _grave(path, source[: one.span.start] + filled + source[one.span.end :]), filled


def _filled(snippet: str) -> str:
    """A snippet of which nothing was changed: the first of each choice, each text as proposed."""
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", snippet)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    return re.sub(r"\$\d+", "", text)


@pytest.mark.parametrize("dialect", _IN_LINES, ids=lambda dialect: dialect.name)
def test_all_tools_together_are_accepted(dialect: products.Dialect):
    """And none of them is one that the file may not have."""
    path = _PATHS[dialect.name]
    for spec in [spec for spec in dialect.fields.values() if spec.holds == "tool"]:
        before = f"{_front_matter(dialect, spec.name)}{spec.name}: {_OPENINGS[spec.syntax]}"
        source = f"{before}\n{_body(dialect)}"
        workspace = made.make(_AROUND | {path: source})
        offered = complete(workspace.context(workspace.files[made.locate(path)]), len(before))
        reachable = {
            word.name
            for word in dialect.tools.tools.values()
            if not tool_entries.is_out_of_reach(workspace.files[made.locate(path)], word)
        }
        assert reachable <= {one.label for one in offered}
        servers = {dialect.tools.servers.whole("library")} - {""}
        named = {"mcp__library__find"} if dialect.product == "Claude Code" else set()
        assert servers | named <= {one.label for one in offered}
        together = (
            before + ", ".join(one.text for one in offered) + f"{_CLOSINGS[spec.syntax]}\n{_body(dialect)}"
        )
        file = made.make(_AROUND | {path: together}).files[made.locate(path)]
        field = file.document.field(spec.name)
        assert field
        assert [item.text for item in file.items(field)] == [one.label for one in offered]
        assert not _grave(path, together)


def test_every_field_of_every_dialect_is_tried():
    assert len(list(itertools.chain.from_iterable(dialect.fields for dialect in _IN_LINES))) == len(_fields())

"""Maps of permissions against a plain reading of what opencode 1.18.33 does with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import made
from agentls.outcome import permission_maps

if TYPE_CHECKING:
    from agentls.outcome.permission_maps import PermissionMap

_PERMISSIONS = st.sampled_from(["bash", "edit", "write", "patch", "b*", "*", "?dit", "2"])
_PATTERNS = st.sampled_from(["*", "a *", "a b", "a*", "a", "* b", "?*", "1", "**"])
_ACTIONS = st.sampled_from(["allow", "ask", "deny"])
_VALUES = st.one_of(_ACTIONS, st.dictionaries(_PATTERNS, _ACTIONS, min_size=1, max_size=4))
_PERMISSION = st.dictionaries(_PERMISSIONS, _VALUES, max_size=4)
_TOOLS = st.dictionaries(_PERMISSIONS, st.booleans(), max_size=4)
_ARGUMENTS = ("a", "a b", "a b c", "b", "1", "", "a/b")


def read(tools: dict[str, bool], permission: dict[str, object]) -> PermissionMap:
    text = f"---\ndescription: x\ntools: {flow(tools)}\npermission: {flow(permission)}\n---\nx\n"
    return permission_maps.read(made.make({".opencode/agents/x.md": text}).files[_PATH])


_PATH = made.locate(".opencode/agents/x.md")


def flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {flow(inner)}' for key, inner in value.items()) + "}"
    return str(value).lower()


# The product: objects of JavaScript, regular expressions, the last rule that fits.


def in_order(value: dict[str, object]) -> dict[str, object]:
    numbers = sorted((key for key in value if key.isdigit()), key=int)
    return {key: value[key] for key in (*numbers, *(key for key in value if not key.isdigit()))}


def as_rules(tools: dict[str, bool], permission: dict[str, object]) -> list[tuple[str, str, str]]:
    merged: dict[str, object] = {}
    for tool, is_on in in_order(dict(tools)).items():
        merged["edit" if tool in ("write", "edit", "patch", "multiedit") else tool] = (
            "allow" if is_on else "deny"
        )
    merged |= in_order(permission)
    rules = []
    for key, value in in_order(merged).items():
        patterns = in_order(value) if isinstance(value, dict) else {"*": value}
        rules += [(key, pattern, str(action)) for pattern, action in patterns.items()]
    return rules


def fits(pattern: str, text: str) -> bool:
    escaped = re.sub(r"[.+^${}()|\[\]\\]", r"\\\g<0>", pattern).replace("*", ".*").replace("?", ".")
    if escaped.endswith(" .*"):
        escaped = escaped[:-3] + "( .*)?"
    return re.fullmatch(escaped, text, re.DOTALL) is not None


def evaluate(rules: list[tuple[str, str, str]], permission: str, argument: str) -> str:
    found = [action for key, pattern, action in rules if fits(key, permission) and fits(pattern, argument)]
    return found[-1] if found else "default"


@given(tools=_TOOLS, permission=_PERMISSION)
def test_the_rules_are_those_of_the_product_in_its_order(
    tools: dict[str, bool], permission: dict[str, object]
):
    found = [(rule.permission, rule.pattern, rule.action) for rule in read(tools, permission).rules]
    assert found == as_rules(tools, permission)


@given(tools=_TOOLS, permission=_PERMISSION)
def test_what_is_overruled_changes_nothing(tools: dict[str, bool], permission: dict[str, object]):
    found = read(tools, permission)
    alive = [(rule.permission, rule.pattern, rule.action) for rule in found.alive]
    for name in ("bash", "edit", "read", "2"):
        for argument in _ARGUMENTS:
            expected = evaluate(as_rules(tools, permission), name, argument)
            assert evaluate(alive, name, argument) == expected


@given(tools=_TOOLS, permission=_PERMISSION)
def test_one_action_for_a_tool_counts_for_all_it_does(tools: dict[str, bool], permission: dict[str, object]):
    found = read(tools, permission)
    for name in ("bash", "edit", "read", "2"):
        action = permission_maps.action_for(found.alive, name, "default")
        actual = {evaluate(as_rules(tools, permission), name, argument) for argument in _ARGUMENTS}
        assert action == "limited" or actual == {action}


def test_thousands_of_rules_are_read_in_time_that_grows_with_them():
    permission = {"bash": {f"command{i} *": "deny" for i in range(20_000)} | {"*": "allow"}}
    found = read({}, permission)
    assert len(found.overruled) == 20_000
    assert permission_maps.action_for(found.alive, "bash") == "allow"

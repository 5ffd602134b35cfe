"""The name that was probably meant: as difflib has it, which is asked about the few likely names only."""

from __future__ import annotations

import difflib

from hypothesis import example, given
from hypothesis import strategies as st

from agentls.text.similar_words import Names, closest, equal_ignoring_style, without_style

_NAME = st.lists(st.sampled_from(["code", "review", "er", "test", "-", "_", "a", "ß", "I"]), max_size=7).map(
    "".join
)


@given(_NAME, st.lists(_NAME, max_size=20))
@example("", [""])
@example("aab", ["aba", "baa"])
def test_no_name_is_overlooked(name: str, names: list[str]):
    words = {without_style(other): other for other in names}
    found = difflib.get_close_matches(without_style(name), words, n=1, cutoff=0.72)
    meant = closest(name, names)
    assert meant == (words[found[0]] if found and found[0] else None)


def test_a_name_too_far_away_is_not_offered():
    assert closest("deploy", ["release", "review"]) is None
    assert closest("Gerp", ["Read", "Grep"]) == "Grep"


def test_names_of_one_spelling_are_no_guess():
    assert equal_ignoring_style("codereview", ["code-review", "Code_Review"]) is None
    assert equal_ignoring_style("codereview", ["code-review", "deploy"]) == "code-review"


def test_names_hold_others_but_for_spelling():
    names = Names(["code-review", "deploy"])
    assert names.hold(Names(["CodeReview"]))
    assert not names.hold(Names(["deploy", "release"]))

"""Real files: no false alarm in any, and the two that started the project repaired byte by byte.

The files are no part of the project; where they are not present the tests are skipped.
"""

import hashlib

import pytest

from agentls.mojibake import find
from material import CORPUS, SEEDS, needs_corpus, needs_seeds

# Files of the corpus that are damaged in truth: none.
DAMAGED: frozenset[str] = frozenset()

REPAIRED = {
    "backend-specialist.md": (13, "711ab951f8210061a33d0cf461143bff463e48696be660ba0d9e3e9fcefeae31"),
    "backend-developer.md": (66, "84f7f5e87dce04cf7d45d6afd7a5d94cc1c4b0ea9f508cbaff225a8e5cb9575c"),
}
UNHURT = ("backend-elixir-phoenix.md", "elixir-phoenix-absinthe-expert.md", "phoenix-elixir-expert.md")


def read(path):
    # Line ends count: the digest is that of the bytes.
    return path.read_bytes().decode("utf-8", "replace")


@needs_corpus
def test_no_false_alarm():
    found = {path.relative_to(CORPUS).as_posix(): find(read(path)) for path in CORPUS.rglob("*.md")}
    assert {name for name, runs in found.items() if runs} == DAMAGED


@needs_seeds
class TestSeeds:
    @pytest.mark.parametrize("name", REPAIRED)
    def test_repaired_to_the_original_bytes(self, name):
        text = read(SEEDS / name)
        runs = find(text)
        count, digest = REPAIRED[name]
        assert len(runs) == count
        for run in reversed(runs):
            assert run.original is not None
            text = text[: run.start] + run.original + text[run.end :]
        assert hashlib.sha256(text.encode()).hexdigest() == digest
        assert find(text) == ()

    @pytest.mark.parametrize("name", UNHURT)
    def test_the_others_are_not_damaged(self, name):
        assert find(read(SEEDS / name)) == ()

"""Real files: no false alarm in any, and the two that started the project repaired byte by byte.

The files are no part of the project; where they are not present the tests are skipped.
"""

import hashlib
from collections import Counter
from functools import cache

import pytest

import mojibake as benchmark
from agentls.text.mojibake import find
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


# Per family at least so many of the damaged lines are found and exactly restored.
RATES = {
    "windows-1252, kept": (0.99, 0.97),
    "latin-1": (0.99, 0.97),
    "mac-roman": (0.99, 0.97),
    "cp437": (0.95, 0.93),
    "windows-1252, dropped": (0.97, 0.80),
    "cp850": (0.95, 0.93),
    "windows-1250": (0.95, 0.93),
    "windows-1251": (0.95, 0.93),
    "windows-1254": (0.95, 0.93),
    "windows-874": (0.95, 0.93),
    "windows-1252 twice": (0.95, 0.93),
    "mac-roman twice": (0.95, 0.93),
    "gbk": (0.90, 0.05),
    "shift-jis": (0.90, 0.10),
}


@cache
def real_lines():
    texts = benchmark.clean_texts(CORPUS)
    real = dict.fromkeys(line for text in texts for line in text.split("\n") if not line.isascii())
    # Every fourth is enough to tell; what is lost of other alphabets cannot be restored.
    return [line for line in real if not benchmark.OTHER_ALPHABETS.search(line)][::4]


@needs_corpus
class TestRecall:
    @pytest.mark.parametrize("family", RATES)
    def test_rates(self, family):
        spoil = benchmark.FAMILIES[family]
        pairs = list(benchmark.affected(real_lines(), spoil, family))
        counts = sum((benchmark.tally(clean, damaged, spoil) for clean, damaged in pairs), Counter())
        found, exact = RATES[family]
        assert counts["found"] >= found * len(pairs)
        assert counts["exact"] >= exact * len(pairs)
        assert counts["wrong"] <= 0.01 * len(pairs)
        assert counts["exact"] >= counts["ftfy exact"] - 0.001 * len(pairs)

    def test_every_other_line_of_a_file(self):
        texts = list(benchmark.clean_texts(CORPUS))[::4]
        counts = sum(map(benchmark.every_other_line, texts), Counter())
        assert counts["found"] >= 0.95 * counts["lines"]
        assert counts["exact"] >= 0.85 * counts["lines"]
        assert counts["wrong"] <= 0.01 * counts["lines"]
        assert counts["clean lines changed"] == 0

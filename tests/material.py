"""Real files that are no part of the project: where they lie, if they are at hand.

``AGENTLS_SHARED`` names the folder; without it, it is ``shared`` beside the checkout.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("AGENTLS_SHARED") or Path(__file__).parents[2] / "shared")
CORPUS = SHARED / "corpus"
SEEDS = SHARED / "seeds"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files is not at hand (AGENTLS_SHARED)"
)
needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the five seed files are not at hand (AGENTLS_SHARED)"
)

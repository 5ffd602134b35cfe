"""A short run of every law, the same examples each time; ``run`` looks for new ones."""

from __future__ import annotations

import pytest

import laws


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_law(law):
    law()

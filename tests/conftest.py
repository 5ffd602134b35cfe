"""The same everywhere and every time: nobody's home and variables, and the same examples for the laws.

``HYPOTHESIS_PROFILE=random pytest`` looks for new ones; what it finds becomes a case.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import InMemoryExampleDatabase

# A whole workspace is made for an example; that takes what it takes.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("random", deadline=None, suppress_health_check=_SLOW)
# For `fuzz/run.py`: what earlier runs found is a case by now, and is not tried again.
settings.register_profile(
    "long",
    max_examples=300,
    database=InMemoryExampleDatabase(),
    deadline=None,
    suppress_health_check=_SLOW,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Whole folders of tests that start a server, an editor or the command, or try many examples; others are
# marked one by one. ``pytest -m "not slow"`` leaves them out.
_SLOW_FOLDERS = [Path(__file__).parent / name for name in ("cli", "corpus", "editors", "fuzz", "server")]

# What a person may have set, and what changes what the command prints or reads.
_PERSONAL = ("CLAUDE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "XDG_")


def pytest_collection_modifyitems(items):
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in _SLOW_FOLDERS):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _nobody(tmp_path_factory):
    """Whatever this machine's user has, and whatever lies in the folders above, has no say."""
    home = tmp_path_factory.mktemp("nobody")
    # Who looks for something in the folders above looks no further than to the root of a repository.
    (tmp_path_factory.getbasetemp() / ".git").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_PERSONAL)]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        yield

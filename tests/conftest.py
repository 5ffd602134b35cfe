"""How the laws are tried: the same examples every time, so that a run says something about a change.

``HYPOTHESIS_PROFILE=random pytest`` looks for new ones; what it finds becomes a case.
"""

import os

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

"""How the laws are tried: the same examples every time, so that a run says something about a change.

``HYPOTHESIS_PROFILE=random pytest`` looks for new ones; what it finds becomes a case.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

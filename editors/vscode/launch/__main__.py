"""Starts the bundled server: ``python -I -S FOLDER --stdio``.

Python puts the folder that it is started with on its path and, with these two options, nothing else that is
not its own: neither the working folder nor the environment nor any site-packages.
"""  # noqa: INP001  a folder that is run, not a package

import sys

from agentls.__main__ import main

sys.exit(main())

"""What can be asked about a workspace: (kind, name). The queries of a check are what its findings depend on.

An empty name asks for all names of a kind, one that begins with a colon for all that end like this.
"""

from __future__ import annotations

from agentls.system import paths
from agentls.text.similar_words import without_style

Query = tuple[str, str]
# All that is known.
EVERYTHING: Query = ("everything", "")
# Whether everything has been read that could define a name; which folders are open, how paths are shown.
COMPLETE: Query = ("complete", "")
OPENED: Query = ("opened", "")
FOLDERS: Query = ("folders", "")
# Where to look for the tools of servers.
ALL_TOOLS: Query = ("used-tool", "")
# How long the descriptions of a kind are together.
DESCRIBED = "described"
PATH = "path"
FILES = "files"
SUMMARY = "summary"
KNOWN = "known"
USED_PATH = "used-path"
USED_NAME = "used-name"
PROSE = "prose"
# What is looked up among the uses.
USES = (ALL_TOOLS[0], USED_PATH, USED_NAME, PROSE)


def of_path(path: str) -> Query:
    """Whether there is such a file or folder."""
    return PATH, path


def of_files(folder: str) -> Query:
    """Which files there are in a folder and below."""
    return FILES, folder


def of_summary(path: str) -> Query:
    """What is known of one file."""
    return SUMMARY, paths.key(path)


def of_knowledge(path: str) -> Query:
    """Whether anything is known of one file."""
    return KNOWN, paths.key(path)


def of_used_path(path: str) -> Query:
    """Who leads to a file or a folder."""
    return USED_PATH, path


def of_used_name(name: str) -> Query:
    """Who uses an agent, a skill, a command or a server, as whatever it is used."""
    return USED_NAME, without_style(name)


def of_word(word: str) -> Query:
    """Whose prose says a word."""
    return PROSE, word

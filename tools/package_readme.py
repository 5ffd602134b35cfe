"""What PyPI shows: README, with links and pictures that work there. The build of the package calls it."""

from __future__ import annotations

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

_ROOT = Path(__file__).resolve().parents[1]
_HOME = re.compile(r'^HOME = "(.*)"$', re.MULTILINE)
_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?!https?:|#)(?P<target>[^)]+)\)")


class PackageReadme(MetadataHookInterface):
    """Called by hatchling."""

    def update(self, metadata: dict[str, object]) -> None:
        text = readme((_ROOT / "README.md").read_text("utf-8"), home())
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def home() -> str:
    """The constant, read without the package and what it needs."""
    found = _HOME.search((_ROOT / "server" / "agentls" / "__init__.py").read_text("utf-8"))
    assert found
    return found[1]


def readme(text: str, address: str) -> str:
    """The text with absolute links."""

    def absolute(link: re.Match[str]) -> str:
        kind = "raw" if link["picture"] else "blob"
        return f"{link['picture']}[{link['text']}]({address}/{kind}/main/{link['target']})"

    return _LINK.sub(absolute, text)

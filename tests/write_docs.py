"""Writes what is generated: the page of each rule, and the picture of the demo in README.

python tests/write_docs.py
"""

import picture
from agentls import checking, documentation


def main() -> None:
    documentation.PAGES.mkdir(exist_ok=True)
    for stale in documentation.PAGES.glob("*.md"):
        stale.unlink()
    for rule in checking.rules().values():
        page = documentation.PAGES / f"{rule.code}.md"
        page.write_text(documentation.page(rule), encoding="utf-8", newline="\n")
    picture.write()


if __name__ == "__main__":
    main()

"""Writes what is generated: the page of each rule; in README the picture, what is read, and the settings;
in ARCHITECTURE the diagram of the packages; in CONTRIBUTING the keys of schemas;
in the manifest of the VS Code extension the version and the settings.

python tools/write_docs.py
"""

import architecture
import name_table
import picture
import places
import promises
import reading_table
import rule_table
import schema_keys
import settings_table
import vscode_manifest
from agentls.linter import engine, rule_pages


def main() -> None:
    rule_pages.PAGES.mkdir(exist_ok=True)
    for stale in rule_pages.PAGES.glob("*.md"):
        stale.unlink()
    for rule in engine.rules().values():
        page = rule_pages.PAGES / f"{rule.code}.md"
        page.write_text(rule_pages.page(rule), encoding="utf-8", newline="\n")
    settings_table.write()
    vscode_manifest.write()
    places.write()
    reading_table.write()
    rule_table.write()
    name_table.write()
    schema_keys.write()
    picture.write()
    promises.write()
    architecture.write()


if __name__ == "__main__":
    main()

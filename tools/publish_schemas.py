"""Writes the schemas for others: one plain JSON Schema 2020-12 for each product and kind of file,
and one for what a check finds.

python tools/publish_schemas.py FOLDER [--base URL]

URL is the address of the folder once it is hosted; the schemas are called by it.
"""

import argparse
import json
from pathlib import Path

from agentls.products.published import BASE, REPORT, kinds, published, published_report


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("folder", type=Path, metavar="FOLDER")
    arguments.add_argument("--base", default=BASE, metavar="URL")
    given = arguments.parse_args()
    write(given.folder, given.base)


def write(folder: Path, base: str) -> None:
    """All of them, each in a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    base = f"{base.rstrip('/')}/"
    schemas = {kind: published(kind, base) for kind in kinds()} | {REPORT: published_report(base)}
    for kind, schema in schemas.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (folder / f"{kind}.schema.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""The command line of the judges."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from judges import installation, isolation, search
from judges.products import PRODUCTS


def main() -> int:
    parser = argparse.ArgumentParser(prog="judges", description=sys.modules["judges"].__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install", help="fetch the products from npm into the cache folder")
    ask = commands.add_parser("ask", help="what a product loads of a folder")
    seek = commands.add_parser("search", help="try mutants of the literate cases on both sides")
    seek.add_argument("--count", type=int, default=500)
    seek.add_argument("--seed", type=int, default=1)
    seek.add_argument("--shrink", type=int, default=0, metavar="N", help="make N of the differences small")
    seek.add_argument("--each", type=int, default=2, metavar="N", help="print N of each kind of difference")
    for command in (ask, seek):
        command.add_argument("product", choices=sorted(PRODUCTS))
        command.add_argument("--kind", default="agent", choices=("agent", "skill"))
        if command is ask:
            command.add_argument("folder")
        command.add_argument("--start", action="store_true", help="start each agent to learn of its tools")
    arguments = parser.parse_args()
    if arguments.command == "install":
        installation.install()
        return 0
    isolation.enter()
    return _ask(arguments) if arguments.command == "ask" else _search(arguments)


def _ask(arguments: argparse.Namespace) -> int:
    folder = Path(arguments.folder)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    found = PRODUCTS[arguments.product][arguments.kind].ask(files, arguments.start)
    print(json.dumps([one._asdict() for one in found], indent=2, default=sorted, ensure_ascii=False))
    return 0


def _search(arguments: argparse.Namespace) -> int:
    product, kind = arguments.product, arguments.kind
    tally = search.search(product, kind, arguments.count, arguments.seed, start=arguments.start)
    print(f"{product} {kind}: {tally.mutants} mutants, {len(tally.differences)} differ\n")
    left = arguments.shrink
    for how, alike in search.summed_up(tally.differences).items():
        print(f"# {len(alike)} times: {how}\n")
        for one in alike[: arguments.each]:
            print(search.as_case(search.shrunk(product, kind, one) if left > 0 else one))
            left -= 1
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())

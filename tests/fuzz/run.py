"""Try the laws for a long time: every run looks for new examples, and what breaks a law is printed small.

    python tests/fuzz/run.py [--seconds 600] [--guided] [LAW ...]

Without names all laws take turns, half a minute each.  ``--guided`` lets atheris choose the examples by
what they cover (``pip install '.[fuzz]'``); one law, and the process ends with it.  Exit code 1 when a law
was broken.
Keep what was found as a literate case before it is mended.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

os.environ["HYPOTHESIS_PROFILE"] = "long"
_TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(_TESTS / "fuzz"), str(_TESTS / "support"), str(_TESTS)]

import conftest  # noqa: E402, F401  it knows how examples are tried

# Seconds: the laws of messages wait for a server, the others try hundreds of examples in one.
_TURN = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--guided", action="store_true")
    parser.add_argument("laws", nargs="*", metavar="LAW")
    arguments = parser.parse_args()
    if arguments.guided:
        import atheris  # noqa: PLC0415  optional, and it has to be there before what it watches

        with atheris.instrument_imports(include=["agentls"]):
            import laws  # noqa: PLC0415
    else:
        import laws  # noqa: PLC0415
    chosen = [law for law in laws.LAWS if not arguments.laws or law.__name__ in arguments.laws]
    if not chosen:
        parser.error("there is no such law; there are " + ", ".join(law.__name__ for law in laws.LAWS))
    if arguments.guided:
        return _guided(atheris, chosen[0], arguments.seconds)
    return _in_turns(chosen, arguments.seconds)


def _guided(atheris, law, seconds: float) -> int:
    def attempt(data: bytes) -> None:
        try:
            law.hypothesis.fuzz_one_input(data)
        except Exception:
            law()  # which tries it again, makes it small, and shows it
            raise

    bounds = [f"-max_total_time={int(seconds)}", "-max_len=4096", "-timeout=60", "-rss_limit_mb=2048"]
    with tempfile.TemporaryDirectory() as folder:
        atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={folder}/"], attempt)
        atheris.Fuzz()
    return 0


def _in_turns(chosen, seconds: float) -> int:
    end, broken, turns = time.monotonic() + seconds, set(), 0
    while time.monotonic() < end and len(broken) < len(chosen):
        turns += 1
        for law in chosen:
            if law.__name__ not in broken and not _holds(law):
                broken.add(law.__name__)
    print(f"{turns} turns; broken: {', '.join(sorted(broken)) or 'none'}")
    return 1 if broken else 0


def _holds(law) -> bool:
    """Whether nothing broke the law for one turn, with 300 new examples again and again."""
    started, rounds = time.monotonic(), 0
    while time.monotonic() < started + _TURN:
        try:
            law()
        except Exception:  # noqa: BLE001  a broken law of whatever kind; the others go on
            traceback.print_exc()
            return False
        rounds += 1
    took = time.monotonic() - started
    print(f"{time.strftime('%H:%M:%S')} {law.__name__}: {rounds} rounds in {took:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())

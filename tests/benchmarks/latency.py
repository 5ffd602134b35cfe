"""How long an author waits: from a change to its diagnostics, over stdio. Prints p50, p95 and p99.

    python tests/benchmarks/latency.py [FILE]

FILE is a Markdown agent file; without one the largest seed file is taken where the seeds are at hand,
else a file of the same size with damage of the same kind is made up. Every change moves all findings,
so that each is followed by a publish.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from material import SEEDS
from raw_client import RawClient

SEED = SEEDS / "backend-developer.md"
SIZE = 22_628


def made_up() -> str:
    head = '---\nname: developer\ndescription: Develops things\ncolor: "#FF5722"\n---\n\n'
    paragraph = "Plain words about the work at hand, as agents have them by the page.\n" * 4
    damaged = "**STEP** ‚Üí Search first, reuse always\n"
    return (head + (paragraph + damaged) * 80)[:SIZE]


def measure(text: str, rounds: int) -> list[float]:
    """Milliseconds from sending a change to receiving the diagnostics it caused."""
    samples: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / ".claude" / "agents" / "developer.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8", newline="")
        environment = {**os.environ, "HOME": folder, "CLAUDE_CONFIG_DIR": f"{folder}/none"}
        with RawClient([sys.executable, "-m", "agentls"], env=environment) as client:
            client.initialize(rootUri=Path(folder).resolve().as_uri(), initializationOptions={"debounce": 0})
            document = {"uri": path.as_uri(), "languageId": "markdown", "version": 0, "text": text}
            client.notify("textDocument/didOpen", {"textDocument": document})
            time.sleep(1.0)  # the first look at the disk and the warm-up
            for version in range(1, rounds + 1):
                changed = text.replace("---\n\n", "---\n\n\n", 1) if version % 2 else text
                params = {
                    "textDocument": {"uri": path.as_uri(), "version": version},
                    "contentChanges": [{"text": changed}],
                }
                start = time.perf_counter()
                client.notify("textDocument/didChange", params)
                client.receive(lambda message, wanted=version: _is_publish(message, wanted))
                samples.append((time.perf_counter() - start) * 1000)
                time.sleep(0.002)
    return samples[rounds // 10 :]


def _is_publish(message: dict, version: int) -> bool:
    is_publish = message.get("method") == "textDocument/publishDiagnostics"
    return is_publish and message["params"].get("version") == version


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SEED if SEED.exists() else None)
    parser.add_argument("--rounds", type=int, default=400)
    arguments = parser.parse_args()
    text = arguments.file.read_bytes().decode("utf-8") if arguments.file else made_up()
    samples = measure(text, arguments.rounds)
    cuts = statistics.quantiles(samples, n=100)
    name = arguments.file.name if arguments.file else "a made-up file"
    print(f"{name}, {len(text.encode()):,} bytes, {len(samples)} changes, debounce 0, all rules on")
    print(f"didChange to diagnostics: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, p99 {cuts[98]:.2f} ms")


if __name__ == "__main__":
    main()

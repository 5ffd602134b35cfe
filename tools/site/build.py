"""Builds the site into a folder: the pages, and the playground with the engine in it. Nothing is published.

    python tools/site/build.py site

Needs ``pip install '.[site]'`` and Node.js; what is fetched comes from the package registries, once, while
building. The site itself asks nobody for anything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pages
import yaml

_HERE = Path(__file__).parent
_PLAYGROUND = _HERE / "playground"
# Of pure Python, as a browser needs them. Newer versions of jsonschema have a part that is compiled.
_LIBRARIES = ("jsonschema==4.17.3", "pyrsistent==0.20.0", "attrs", "python-frontmatter", "PyYAML")
_RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the site goes; it is emptied first")
    parser.add_argument("--pages-only", action="store_true", help="without the playground")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pages.write(work / "docs")
        if not arguments.pages_only:
            playground(work / "docs" / "playground")
        settings = yaml.safe_load((_HERE / "mkdocs.yml").read_text(encoding="utf-8"))
        menu = [one for one in pages.navigation() if not (arguments.pages_only and "Try it" in one)]
        (work / "mkdocs.yml").write_text(
            yaml.safe_dump({**settings, "nav": menu, "docs_dir": "docs"}), encoding="utf-8"
        )
        target = arguments.folder.resolve()
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(target)]
        # What its theme thinks of the next version of MkDocs is of no use here.
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=work, env=environment, check=True)


def playground(folder: Path) -> None:
    """The page, its bundled scripts, Python for the browser and the engine."""
    node = shutil.which("npm")
    if node is None:
        sys.exit("npm is needed to build the playground")
    for arguments in (["ci", "--silent"], ["run", "--silent", "build"]):
        subprocess.run([node, *arguments], cwd=_PLAYGROUND, check=True)
    folder.mkdir(parents=True)
    for page in ("index.md", "style.css"):
        shutil.copy(_PLAYGROUND / page, folder)
    for script in ("page.js", "worker.js"):
        shutil.copy(_PLAYGROUND / "dist" / script, folder)
    runtime = folder / "pyodide"
    runtime.mkdir()
    for name in _RUNTIME:
        shutil.copy(_PLAYGROUND / "node_modules" / "pyodide" / name, runtime)
    archive(folder / "engine.zip")


def archive(path: Path) -> None:
    """The package, its schemas and what it needs, as one archive; only what is pure Python."""
    with tempfile.TemporaryDirectory() as name:
        libraries = Path(name)
        # From source where the wheel is compiled: each of them has a fallback of pure Python.
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
        subprocess.run([*command, "--target", name, *_LIBRARIES], check=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for pattern in ("**/*.py", "*/schemas/**/*"):
                _add(target, libraries, pattern)
            _add(target, pages.ROOT / "server", "agentls/**/*.py")
            _add(target, pages.ROOT / "server", "agentls/**/*.md")
            _add(target, pages.ROOT / "schemas", "**/*.json", below="agentls/schemas/")
            target.write(_PLAYGROUND / "engine.py", "engine.py")


def _add(target: zipfile.ZipFile, root: Path, pattern: str, below: str = "") -> None:
    for file in sorted(one for one in root.glob(pattern) if one.is_file()):
        target.write(file, below + file.relative_to(root).as_posix())


if __name__ == "__main__":
    main()

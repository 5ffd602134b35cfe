"""Builds the executable that needs no Python, for the system it is built on.

python -m pip install '.[executable]' && python tools/build_executable.py [--out FOLDER]

FOLDER (dist/executable) then holds agentls-SYSTEM-MACHINE, one file for users, and the folder agentls with
the same unpacked, which starts about as fast as an installed package; the extension for VS Code brings that.
PyInstaller was chosen because it ships the interpreter that the tests run on: compilers such as Nuitka build
another program and take many minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_ENTRY = "import sys\nfrom agentls.__main__ import main\nsys.exit(main())\n"
_LIBRARIES = ("pygls", "lsprotocol", "PyYAML", "jsonschema", "python-frontmatter")
# What libraries would use if somebody asked for it: other machines, windows, terminals, databases.
_UNUSED = (
    *("requests", "urllib3", "certifi", "charset_normalizer", "idna", "ssl", "_ssl", "_hashlib"),
    *(
        "tkinter",
        "_tkinter",
        "curses",
        "_curses",
        "readline",
        "sqlite3",
        "test",
        "lib2to3",
        "pydoc_data",
        "pip",
    ),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--out", type=Path, default=_ROOT / "dist" / "executable", metavar="FOLDER")
    out = arguments.parse_args().out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    folder = _build(out, "--onedir", "agentls")
    file = _build(out, "--onefile", f"agentls-{sys.platform}-{platform.machine().lower()}")
    for built in (folder / _name("agentls"), file):
        done = subprocess.run([built, "self-check"], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{built} does not work:\n{done.stdout}{done.stderr}")
        print(f"{built} works")
    print(f"{file.stat().st_size / 1e6:.1f} MB as one file")


def _build(out: Path, form: str, name: str) -> Path:
    with tempfile.TemporaryDirectory() as work:
        entry = Path(work, "entry.py")
        entry.write_text(_ENTRY)
        shutil.rmtree(out / name, ignore_errors=True)
        options = [form, "--name", name, "--distpath", str(out), "--workpath", work, "--specpath", work]
        options += [word for library in _LIBRARIES for word in ("--copy-metadata", library)]
        options += [word for module in _UNUSED for word in ("--exclude-module", module)]
        # Rules, features and commands are found in their packages, and schemas and pages lie beside them.
        options += ["--collect-submodules", "agentls", "--collect-data", "agentls"]
        options += [] if os.name == "nt" else ["--strip"]
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
        # Not in this folder, where a package could be found that is not the installed one.
        subprocess.run([*command, *options, str(entry)], cwd=work, check=True)
    return out / (name if form == "--onedir" else _name(name))


def _name(program: str) -> str:
    return f"{program}.exe" if os.name == "nt" else program


if __name__ == "__main__":
    main()

"""The one folder that is ours: what is kept between runs, in the user's cache folder.

Losing any of it loses time and nothing else, so no failure here is ever more than that.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from typing import TYPE_CHECKING, Any

from agentls import products
from agentls.disk.atomic_writes import write
from agentls.disk.files import read_or_raise, stamp
from agentls.system.own_command import is_frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 64 << 20  # bytes; the largest project seen takes a tenth of it
_MOST_FILES = 16
_SUFFIX = ".json"
_DIGEST_SIZE = 16
# What decides about findings besides our own code.
_LIBRARIES = {"yaml": "pyyaml-", "jsonschema": "jsonschema-"}


def cache_folder() -> str | None:
    """Where the system wants caches; None where it says nothing usable."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        # A relative path is to be ignored, by the XDG specification.
        base = base if os.path.isabs(base) else os.path.expanduser("~/.cache")
    return os.path.join(base, "agentls") if os.path.isabs(base) else None


def load_cache(name: str) -> bytes | None:
    """What was kept under a name, whole or not at all."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        kept = read_or_raise(os.path.join(folder, name + _SUFFIX), _LARGEST)
    except OSError:
        return None
    seal, _, data = kept.partition(b"\n")
    return data if seal == _digest(data).encode() else None


def save_cache(name: str, data: bytes) -> None:
    """Keep something under a name, in place of what was there; the oldest goes when there is too much."""
    folder = cache_folder()
    if folder is None or len(data) > _LARGEST:
        return
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        write(os.path.join(folder, name + _SUFFIX), _digest(data).encode() + b"\n" + data)
        kept = [entry for entry in os.scandir(folder) if entry.name.endswith(_SUFFIX)]
        kept.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for entry in kept[:-_MOST_FILES]:
            os.unlink(entry.path)


def program_digest() -> str:
    """Changes with every file of the program and with what it is built on, whatever their versions say."""
    whole = _hash(sys.version.encode())
    if is_frozen():
        # What is inside is unpacked somewhere else each time; the executable itself changes with all of it.
        whole.update(repr(stamp(sys.executable)).encode())
        return str(whole.hexdigest())
    for path in _program_files():
        with contextlib.suppress(OSError):
            whole.update(path.encode("utf-8", "surrogateescape") + b"\0" + read_or_raise(path, _LARGEST))
    return str(whole.hexdigest())


def _program_files() -> Iterator[str]:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for root in dict.fromkeys((package, products.SCHEMAS)):
        for folder, folders, names in os.walk(root):
            folders.sort()
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith((".py", ".json")))
    for library, prefix in _LIBRARIES.items():
        spec = importlib.util.find_spec(library)
        if spec and spec.origin:
            installed = os.path.dirname(os.path.dirname(spec.origin))
            for name in sorted(os.listdir(installed)):
                if name.lower().startswith(prefix):
                    yield os.path.join(installed, name, "METADATA")


def _digest(data: bytes) -> str:
    return str(_hash(data).hexdigest())


def _hash(data: bytes) -> Any:
    import hashlib  # noqa: PLC0415  it loads a large library, and for a few files nothing is kept

    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE)

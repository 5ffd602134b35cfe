"""Secrets in plain text, told by how they look: the marks of known services, or a name and a random text."""

from __future__ import annotations

import re

# Each ends as soon as its letters do; nothing here is searched twice.
_MARKED = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,200}"
    r"|gh[pousr]_[A-Za-z0-9]{30,200}|github_pat_[A-Za-z0-9_]{30,200}"
    r"|glpat-[A-Za-z0-9_-]{20,200}|xox[abprs]-[A-Za-z0-9-]{20,200}"
    r"|AKIA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,200}"
    r"|(?<![_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}"
    r")(?![A-Za-z0-9])"
)
_BEARER = re.compile(r"(?:Bearer|Basic|token) +(?P<secret>[A-Za-z0-9._~+/=-]{20,4000})", re.IGNORECASE)
_RANDOM = re.compile(r"[A-Za-z0-9._~+/=-]{20,4000}")
_NAME = re.compile(
    r"(?:^|[_-])(?:token|secret|password|passwd|api_?-?key|apikey|access_?key|private_?key|auth|pat|credentials?)(?:$|[_-])",
    re.IGNORECASE,
)
_VARIABLE_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
# What stands for a secret that is still to be put there.
_STAND_IN = re.compile(
    r"your|example|change|replace|dummy|sample|insert|here|xxx|todo|placeholder|000000|123456|abcdef|test|fake|\.\.\.",
    re.IGNORECASE,
)
# So many different characters a random text has at least.
_MOST_ALIKE = 10


def find(name: str, value: str) -> tuple[int, int] | None:
    """Where in a value a secret stands that is called so; None for none."""
    if found := _MARKED.search(value):
        return None if _is_stand_in(found[0]) else found.span()
    if found := _BEARER.fullmatch(value):
        return found.span("secret") if _is_random(found["secret"]) else None
    is_secret = is_secret_name(name) and _RANDOM.fullmatch(value) is not None and _is_random(value)
    return (0, len(value)) if is_secret else None


def is_secret_name(name: str) -> bool:
    """Whether what is called so is a secret."""
    return _NAME.search(name) is not None


def is_variable_name(name: str) -> bool:
    """Whether it is the name of an environment variable."""
    return _VARIABLE_NAME.fullmatch(name) is not None


def _is_random(text: str) -> bool:
    has_all = re.search("[0-9]", text) and re.search("[A-Za-z]", text)
    is_path = "/" in text and re.search(r"[a-z]{4,}/|/[a-z]{4,}", text)
    return bool(has_all) and not is_path and len(set(text)) > _MOST_ALIKE and not _is_stand_in(text)


def _is_stand_in(text: str) -> bool:
    return _STAND_IN.search(text) is not None

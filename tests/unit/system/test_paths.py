"""One identity for a file: between URIs and paths, on each system."""

from __future__ import annotations

import ntpath
import posixpath
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from agentls.system import paths

_NAMES = st.text(
    st.one_of(
        st.characters(exclude_characters="/\\\0:", exclude_categories=("Cs",)), st.sampled_from("%#? &é🚀+")
    ),
    min_size=1,
    max_size=12,
).filter(lambda name: name not in (".", "..") and name == name.strip(". "))
_FOLDERS = st.lists(_NAMES, min_size=1, max_size=4)


@given(_FOLDERS)
def test_a_posix_path_survives_the_way_to_a_uri_and_back(names: list[str]):
    path = posixpath.join("/", *names)
    uri = paths.to_uri(path, "posix")
    assert uri.isascii()
    assert paths.from_uri(uri, "posix") == path


@given(_FOLDERS, st.sampled_from(["c:\\", "\\\\server\\share\\"]))
def test_a_windows_path_survives_the_way_to_a_uri_and_back(names: list[str], root: str):
    path = root + "\\".join(names)
    assert paths.from_uri(paths.to_uri(path, "nt"), "nt") == ntpath.normpath(path)


@given(texts.anything, st.sampled_from(["posix", "nt"]))
def test_what_is_no_uri_is_no_path(text: str, flavour: str):
    """Nothing that a client sends as a URI raises."""
    path = paths.from_uri(text, flavour)
    assert path is None or text.lower().lstrip().startswith("file:")


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/user/a%20b.md", "/home/user/a b.md"),
        ("file://localhost/a.md", "/a.md"),
        ("FILE:///a.md", "/a.md"),
        ("file:///a/../b.md", "/b.md"),
        ("file:///%C3%A9.md", "/é.md"),
        ("file://elsewhere/a.md", None),
        ("file:///a%00b.md", None),
        ("untitled:Untitled-1", None),
        ("https://example.com/a.md", None),
        ("file:a.md", None),
        ("file://[", None),
    ],
)
def test_uris_of_clients_on_posix(uri: str, path: str | None):
    assert paths.from_uri(uri, "posix") == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///C:/a.md", "c:\\a.md"),
        ("file:///c%3A/a.md", "c:\\a.md"),
        ("file:///c:/A%20B/%C3%A9.md", "c:\\A B\\é.md"),
        ("file://server/share/a.md", "\\\\server\\share\\a.md"),
    ],
)
def test_uris_of_clients_on_windows(uri: str, path: str):
    """VS Code escapes the colon, others do not, and the letter of a drive has either case."""
    assert paths.from_uri(uri, "nt") == path


def test_bytes_that_are_no_utf_8_are_kept():
    assert paths.to_uri("/a\udcff.md", "posix") == "file:///a%FF.md"
    assert paths.from_uri("file:///a%FF.md", "posix") == "/a\udcff.md"


def test_letter_case_and_unicode_form_count_where_the_system_says_so():
    composed, decomposed = "/Caf\u00e9.md", "/cafe\u0301.md"
    assert paths.key(composed, "linux") != paths.key(decomposed, "linux")
    assert paths.key(composed, "darwin") == paths.key(decomposed, "darwin")
    assert paths.key("C:/A.md", "win32") == paths.key("c:\\a.md", "win32")


@pytest.mark.skipif(sys.platform == "win32", reason="paths of this system")
def test_within_a_folder_means_its_whole_name():
    assert paths.is_within("/a/b/c.md", "/a/b")
    assert paths.is_within("/a/b", "/a/b/")
    assert not paths.is_within("/a/bc.md", "/a/b")
    assert paths.parents("/a/b/c.md") == ["/a/b", "/a", "/"]


@pytest.mark.skipif(sys.platform == "win32", reason="paths of this system")
@pytest.mark.parametrize(
    ("path", "folders", "expected"),
    [
        ("/home/me/one/a.md", ["/home/me/one"], "a.md"),
        ("/home/me/one/a.md", ["/home/me/two/", "/home/me/one/"], "one/a.md"),
        ("/home/me/one", ["/home/me/one"], "~/one"),
        ("/home/me/.claude/a.md", [], "~/.claude/a.md"),
        ("/home/meadow/a.md", ["/home/me/one"], "/home/meadow/a.md"),
    ],
)
def test_a_path_is_shown_as_its_reader_knows_it(path: str, folders: list[str], expected: str):
    assert paths.display_path(path, folders, "/home/me") == expected


# --- what a file says about a path ---

_ELSEWHERE = [
    "/etc/x.md",
    "//evil.example/share/x.md",
    "\\\\evil.example\\share\\x.md",
    "\\x.md",
    "\\/evil.example/share",
    "//?/C:/x.md",
    "\\\\.\\pipe\\x",
    "C:/Users/me/x.md",
    "c:x.md",
    "c:..\\x.md",
    "docs/c:/x.md",
    "x.md:stream",
    "docs/x.md::$DATA",
    "a\0b.md",
    "a\nb.md",
    "nul",
    "NUL.md",
    "docs/con",
    "docs\\Aux.txt",
    "com1",
    "COM9.tar.gz",
    "lpt\u00b9.md",
    "conin$",
    "nul .md",
    "x.md.",
    "x.md ",
    "docs /x.md",
    ".../x.md",
    "docs./x.md",
]
_ABOVE = ["..", "../x.md", "a/../../x.md", "..\\x.md", "a\\..\\..\\x.md", "./../x.md", "a/..\\../x.md"]


@pytest.mark.parametrize("value", _ELSEWHERE)
def test_what_is_no_plain_path_on_some_system_leads_nowhere(value: str):
    assert paths.join("/project", value) is None
    assert paths.join("/project", value, may_leave=True) is None


@pytest.mark.parametrize("value", _ABOVE)
def test_what_leads_out_of_a_folder_is_followed_only_where_that_is_meant(value: str):
    assert paths.join("/project", value) is None
    assert paths.join("/project", "a", value) is None
    assert paths.join("/project", value, may_leave=True) is not None


@pytest.mark.parametrize(
    "value",
    [
        "x.md",
        "./docs/x.md",
        ".claude/agents",
        "a/../x.md",
        "Caf\u00e9 1/x.md",
        "console.md",
        "a.b/*.md",
        "~x",
    ],
)
def test_plain_paths_are_joined_as_the_system_does(value: str):
    assert paths.join("/project", value) == posixpath.normpath(posixpath.join("/project", value))


@given(
    st.lists(
        st.sampled_from(
            ["..", ".", "", "a", "C:", "nul", "x.md", "\\", "/", "//", "?", "$x", "\0", " ", "UNC"]
        ),
        max_size=7,
    ).map("".join)
    | texts.anything
)
def test_nothing_that_a_file_says_leads_out_of_its_folder(value: str):
    """As the path modules of both systems have it, whatever the one is that this runs on."""
    if paths.join("/project", value) is not None:
        assert posixpath.normpath(posixpath.join("/project", value)).startswith("/project")
        assert ntpath.normpath(ntpath.join("c:\\project", value)).lower().startswith("c:\\project")
        assert not ntpath.isreserved(value) if hasattr(ntpath, "isreserved") else True


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "con", "Nul.txt", "a:b", "a*", "a?", "a.", "a ", "a\0"]
)
def test_what_no_file_can_be_called_somewhere_is_no_name(name: str):
    assert not paths.is_file_name(name)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("/a/Reviewer.md", "/A/REVIEWER.MD", True),
        ("/a/\xc4rger.md", "/a/\xe4RGER.md", True),
        ("/a/\u03c3.md", "/a/\u03a3.md", True),
        ("/stra\xdfe.md", "/STRASSE.md", False),
        ("/\ufb01le.md", "/file.md", False),
        ("/\u0131.md", "/i.md", False),
        ("/\u017f.md", "/s.md", False),
    ],
)
def test_letter_case_goes_letter_by_letter(platform, one, other, is_same):
    assert (paths.key(one, platform) == paths.key(other, platform)) == is_same

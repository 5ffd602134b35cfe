"""Bytes on disk, what they are, and what an editor makes of them before the server sees the text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made
from agentls.linter import engine
from agentls.semantics.file import read_file
from agentls.session.state import Session
from agentls.settings.layers import Settings
from agentls.system import paths
from agentls.text.decoding import decode
from at_once import AtOnce, NoEvents

AGENT = "---\nname: reviewer\ndescription: Reviews “naïve” code\n---\n\nIt’s done – déjà vu…\n"
EMOJI = "---\nname: reviewer\ndescription: Reviews code\n---\n\n✅ Read “all” of it\n"
BAD = EMOJI.encode().replace("“".encode(), b"\x93").replace("”".encode(), b"\x94")


def windows_1252(data):
    """As Helix and browsers decode it: undefined bytes are C1 controls."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


# --- what the bytes are ---


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_utf8_is_healthy(line_break):
    text = AGENT.replace("\n", line_break)
    decoded, origin = decode(text.encode())
    assert decoded == text
    assert origin.is_healthy


def test_a_byte_order_mark_is_no_text():
    text, origin = decode(codecs.BOM_UTF8 + AGENT.encode())
    assert text == AGENT
    assert (origin.has_byte_order_mark, origin.is_utf8, origin.is_healthy) == (True, True, False)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_an_encoding_is_proven(encoding, name):
    _, origin = decode(AGENT.encode(encoding))
    assert [(reading.name, reading.text) for reading in origin.readings] == [(name, AGENT)]


@pytest.mark.parametrize(
    ("encoding", "name", "body"),
    [
        ("gb18030", "GBK", "使用工具之前请先阅读文件，谢谢。"),
        ("cp932", "Shift-JIS", "これはテストです。漢字も使います。"),
        ("cp1251", "Windows-1251", "Привет, проверьте «настройки»"),
        ("cp437", "code page 437", "Schöne Grüße"),
        ("latin-1", "Windows-1252", "Schöne Grüße, señor"),
    ],
)
def test_an_encoding_of_other_languages_is_proven(encoding, name, body):
    text = f"---\nname: reviewer\n---\n\n{body}\n"
    _, origin = decode(text.encode(encoding))
    assert [(reading.name, reading.text) for reading in origin.readings] == [(name, text)]


def test_of_several_encodings_that_make_sense_none_is_chosen():
    _, origin = decode("Stäte".encode("cp1252"))
    assert [reading.name for reading in origin.readings] == ["Windows-1252", "code page 850"]


@pytest.mark.parametrize(
    "body", ["El país, aquí y allí; el país", "Perché no? Così è più città", "Información — no, “sí”"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_no_other_encoding_is_proven(body, encoding):
    _, origin = decode(body.encode(encoding))
    assert body in [reading.text for reading in origin.readings]


@pytest.mark.parametrize("body", ["Wait—what…then “ship”", "It’s\xa0done – it’s ok", "1990–1995 “x” …"])
def test_typography_within_words_is_no_obstacle(body):
    _, origin = decode(body.encode("cp1252"))
    assert body in [reading.text for reading in origin.readings]


@pytest.mark.parametrize("data", [b"\xfe\x81\x9d" * 5, bytes(range(256)), b"a\xe9\x81z", b"\x00\xff\x00"])
def test_what_makes_no_sense_is_not_guessed(data):
    assert decode(data)[1].readings == ()


def test_a_few_bad_bytes_do_not_make_the_rest_another_encoding():
    _, origin = decode(BAD)
    assert [(reading.name, reading.text) for reading in origin.readings] == [
        ("UTF-8 with some Windows-1252", EMOJI)
    ]


def test_the_first_bad_byte_has_a_place():
    _, origin = decode("✅ one\r\n✅ caf".encode() + b"\xe9 two")
    assert origin.first_bad == 16
    assert origin.place == (1, 5)


def test_lost_text_that_is_on_disk_is_no_echo():
    text, origin = decode("caf\ufffd and caf".encode() + b"\xe9\xe2\x80 ")
    assert [text[place] for place in origin.echoes] == ["\ufffd"] * 2
    assert text.index("\ufffd") not in origin.echoes


@given(st.binary())
def test_any_bytes_have_a_text_and_an_origin(data):
    text, origin = decode(data)
    assert isinstance(text, str)
    assert origin.for_text(text, text) == origin
    assert all(reading.text != text for reading in origin.readings if not origin.is_utf16)
    line, column = origin.place
    assert line >= 0
    assert column >= 0


@given(st.text())
def test_utf8_is_never_anything_else(text):
    decoded, origin = decode(text.encode("utf-8", "ignore"))
    if "\0" not in text:
        assert origin.is_utf8
        assert decoded == text.encode("utf-8", "ignore").decode().removeprefix("\ufeff")


def test_utf16_that_was_cut_is_utf16():
    assert decode(AGENT.encode("utf-16")[:-1])[1].is_utf16


# --- what editors show ---


def seen(data, text):
    """The file as an editor shows it, and the codes of what is found in it."""
    workspace = made.make({".claude/agents/reviewer.md": text})
    path = made.locate(".claude/agents/reviewer.md")
    source, origin = decode(data)
    file = read_file(path, text, workspace.surroundings, origin.for_text(source, text))
    assert file
    return file, engine.check(workspace.context(file))


SHOWN = {
    "VS Code": BAD.decode("utf-8", "replace"),
    "Neovim": BAD.decode("latin-1"),
    "Emacs": BAD.decode("latin-1"),
    "Helix": windows_1252(BAD),
}


@pytest.mark.parametrize("editor", SHOWN)
def test_every_editor_shows_one_finding_for_bad_bytes(editor):
    _, found = seen(BAD, SHOWN[editor])
    assert [finding.rule for finding in found] == ["not-utf8"]


@pytest.mark.parametrize("editor", SHOWN)
def test_the_finding_marks_the_first_bad_byte(editor):
    file, (finding,) = seen(BAD, SHOWN[editor])
    assert file.text.slice(finding.span) in "\ufffd\x93“"
    assert "byte 0x93 at offset 59, in line 6" in finding.message


@pytest.mark.parametrize("editor", ["Neovim", "Helix"])
def test_who_sees_the_file_misread_is_told_to_reload_it(editor):
    _, (finding,) = seen(BAD, SHOWN[editor])
    assert "reload it as UTF-8" in finding.message


@pytest.mark.parametrize("editor", ["Neovim", "Helix"])
def test_a_misread_file_is_not_edited(editor):
    file, (finding,) = seen(BAD, SHOWN[editor])
    assert engine.fixes(made.make({}).context(file), finding) == []


def test_emacs_changes_line_breaks():
    data = BAD.replace(b"\n", b"\r\n")
    _, found = seen(data, data.decode("latin-1").replace("\r\n", "\n"))
    assert [finding.rule for finding in found] == ["not-utf8"]


def test_an_editor_that_knows_better_shows_healthy_text():
    file, (finding,) = seen(AGENT.encode("cp1252"), AGENT)
    assert finding.rule == "not-utf8"
    assert "Save it as UTF-8." in finding.message
    assert file.origin
    assert not file.origin.is_misread


def test_an_edited_buffer_is_judged_by_its_own_text():
    _, found = seen(BAD, SHOWN["VS Code"].replace("Read", "Reread"))
    assert [finding.rule for finding in found] == ["replacement-character"] * 2
    _, found = seen(BAD, SHOWN["Helix"].replace("Read", "Reread"))
    assert [finding.rule for finding in found] == ["mojibake"]


def test_damage_beside_bad_bytes_is_damage():
    data = BAD + "âœ… Then the tests\n".encode()
    _, found = seen(data, data.decode("utf-8", "replace"))
    assert [finding.rule for finding in found] == ["not-utf8", "mojibake"]


def test_a_byte_order_mark_is_found_though_no_editor_shows_it():
    _, found = seen(codecs.BOM_UTF8 + EMOJI.encode(), EMOJI)
    assert [finding.rule for finding in found] == ["byte-order-mark"]


# --- what an open document remembers ---


@pytest.fixture
def opened(tmp_path):
    """Open a file of some bytes as an editor shows them; the session, the URI, the path."""

    def open_it(data, text):
        path = tmp_path / ".claude" / "agents" / "reviewer.md"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        session = Session(AtOnce(), NoEvents(), settings=Settings(user_scope=False))
        uri = paths.to_uri(str(path))
        session.open(uri, 1, text)
        return session, uri, path

    return open_it


def codes(session, uri):
    return [finding.rule for finding in session.findings(uri)]


def test_an_edit_and_its_reversal(opened):
    session, uri, _ = opened(BAD, SHOWN["Neovim"])
    assert codes(session, uri) == ["not-utf8"]
    session.change(uri, 2, SHOWN["Neovim"] + "more\n")
    assert "mojibake" in codes(session, uri)
    assert "not-utf8" not in codes(session, uri)
    session.change(uri, 3, SHOWN["Neovim"])
    assert codes(session, uri) == ["not-utf8"]


def test_a_file_that_was_saved_as_utf8_is_healthy(opened):
    session, uri, path = opened(codecs.BOM_UTF8 + EMOJI.encode(), EMOJI)
    assert codes(session, uri) == ["byte-order-mark"]
    path.write_bytes(EMOJI.encode())
    session.saved(uri)
    assert codes(session, uri) == []


def test_a_file_that_was_saved_with_its_byte_order_mark_still_has_it(opened):
    session, uri, path = opened(codecs.BOM_UTF8 + EMOJI.encode(), EMOJI)
    more = EMOJI + "More\n"
    session.change(uri, 2, more)
    assert codes(session, uri) == []
    path.write_bytes(codecs.BOM_UTF8 + more.encode())
    session.saved(uri)
    assert codes(session, uri) == ["byte-order-mark"]


@pytest.mark.slow
def test_a_large_file_of_bad_bytes_is_named():
    data = "Schöne “Grüße” aus München – ".encode("cp1252") * 30_000
    assert [reading.name for reading in decode(data)[1].readings] == ["Windows-1252"]

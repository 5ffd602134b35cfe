"""The script that compares our tables with a release, on releases that were made up."""

from __future__ import annotations

import pytest

import compare_release
from compare_release import compare

_KNOWN = ["Read", "Write", "Edit", "WebFetch", "NotebookEdit"]
_TOOLS = (
    "bash edit write apply_patch read grep glob lsp skill todowrite webfetch websearch question task list"
)
_FIELDS = (
    "description mode model variant temperatures top_p prompt steps maxSteps tools permission disable hidden"
)


@pytest.mark.parametrize(
    "text",
    [
        'const T=["Read","Write","Edit","WebFetch","NotebookEdit","Paint"];',
        "T = frozenset({'Read', 'Write',\n  'Edit', 'WebFetch', 'NotebookEdit', 'Paint'})",
        "| tool | what |\n| --- | --- |\n" + "".join(f"| `{n}` | text |\n" for n in [*_KNOWN, "Paint"]),
        "".join(f"- `{name}(x)`: text\n" for name in [*_KNOWN, "Paint"]),
        "{Read: a(), Write: b, Edit: c, WebFetch: d, NotebookEdit: e, Paint: f}",
    ],
)
def test_a_name_beside_ours_is_new(text):
    found = compare(_KNOWN, [], [text])
    assert (found.new, found.renamed, found.gone) == (("Paint",), (), ())


def test_a_name_that_stands_nowhere_is_gone_and_one_like_it_is_its_new_name():
    text = '["Read", "Write", "Edit", "web_fetch"]'
    found = compare(_KNOWN, [], [text])
    assert (found.new, found.renamed, found.gone) == ((), (("WebFetch", "web_fetch"),), ("NotebookEdit",))


def test_a_name_in_prose_is_there_and_a_part_of_another_word_is_not():
    assert compare(["Read", "Edit"], [], ["Use Read, never MultiEdit or Edit-all."]).gone == ("Edit",)


def test_lists_of_other_things_and_names_that_are_known_not_to_be_there_are_left_out():
    other = '["Read", "Paris", "Rome", "Oslo"]'
    old = '["Read", "Write", "Edit", "MultiEdit"]'
    assert compare(["Read", "Write", "Edit"], ["MultiEdit"], [other, old]).new == ()


def test_the_script_prints_what_differs(tmp_path, capsys):
    docs = tmp_path / "release" / "docs"
    docs.mkdir(parents=True)
    rows = [f"| `{name}` |" for name in [*_FIELDS.split(), "hidden", "color", "options", "name", "voice"]]
    (docs / "agents.md").write_text("\n".join(rows) + "\n")
    (docs / "tools.json").write_text(str(_TOOLS.split()).replace("'", '"'))
    (docs / "picture.bin").write_bytes(b"\x00\xff")
    assert compare_release.main(["opencode-agent", str(tmp_path / "release")]) == 1
    said = capsys.readouterr().out
    assert said.startswith("opencode agent: our tables are of ")
    assert "  renamed, perhaps: temperature -> temperatures\n" in said
    assert "  new: voice\n" in said
    assert "tools: 15 known\n  all there, and nothing new beside them\n" in said
    with pytest.raises(SystemExit):
        compare_release.main(["opencode-agent", str(tmp_path / "nowhere")])

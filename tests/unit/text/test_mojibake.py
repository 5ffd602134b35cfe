"""The laws of `agentls.mojibake`, and the cases they came from."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.text.mojibake import Run, damage, find

UNDEFINED_IN_1252 = "\x81\x8d\x8f\x90\x9d"

# Sentences that every codec below can spoil, one per kind of character.
SENTENCES = (
    "✅ Run the tests before every commit",
    "❌ Never push to main ⛔",
    "🚀 Deploy, then 🔴 watch",
    "⚠️ This deletes the branch",
    "Input → parse — output",
    "“Ship it,” she said; it’s done…",
    "Schöne Grüße aus München",
    "Élève, garçon et crêpe",
    "Příliš šťavnatou školu",
    "Привет, проверьте настройки",
    "使用工具之前请先阅读文件",
    "これはテストです。",
    "├── src",
)
ENCODINGS = (
    "windows-1252",
    "latin-1",
    "mac-roman",
    "cp437",
    "cp850",
    "windows-1250",
    "windows-1251",
    "windows-1254",
    "windows-874",
)

CLEAN = (
    # Pairs that happen to be UTF-8 in one codec or another.
    "√π and √2, k√π",
    "10 Å² and 5 Å",
    "–§ 4 and ×– or –×",
    "Ä±5 µm",
    "2 × – 3",
    "¬µ and ¬π",
    # Capitals that begin such pairs.
    "NÃO É UMA OPÇÃO. AMANHÃ… ‘AMANHÔ",
    "“IRMÔ – “Ã” – Ã",
    "«ROMÂ», «PLAÎ»…",
    "MAMĂ” – ĂŞTIA",
    # Typography of several languages.
    "« Été à la plage ! » dit-il, l’été…",
    "«été», ‹été›, “été”, „été“, été… été— été’",
    "„Größe“, »Übung«, ‚Ä‘, Ä Ö Ü ß",
    "”Hyvää…” ”hyvä”–",
    "Voilà !\xa0» — été\xa0»",
    "café™ Nescafé® 20 °C ± 2, ½ ¼ ² ³",
    # Other alphabets.
    "Việt Nam đất nước tôi, được người ườ",
    "В\xa0доме. «В», „Р“, Ві, МіБ, М’янма, її, РІВНЕ, СІРІ",
    "Рёбра, її, Ђ, њ, џ; сарџа",
    "ภาษาไทย แบบ เกม โคต “ไทย”",
    "ร… Г… В”",
    "ยกa, aยก, รกa; API使用Python",
    "Γειά σου Κόσμε «Ω»",
    "שלום עולם – ×",
    "مرحبا بالعالم",
    "使用工具，请先阅读（文件）。「引用」",
    "全角：１２３（テスト）～",
    "안녕하세요 세계",
    # Pictures.
    "👩‍💻 🏋️ 🧑🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ⚠️ ✅",
    # Drawings, also those of the code pages.
    "├──┐ └─┤ │─┐ ═╗ ╔═╦═╗ ─┤├─ [├┤] ██░░▒▒▓▓",
    "┌────┬────┐\n│ a  │ b  │\n└────┴────┘",
    # Tables of characters.
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■",
)


def repaired(text: str) -> str:
    for run in reversed(find(text)):
        if run.original is not None:
            text = text[: run.start] + run.original + text[run.end :]
    return text


def dropped(text: str) -> str:
    return damage(text, "windows-1252").translate(dict.fromkeys(map(ord, UNDEFINED_IN_1252)))


def replaced(text: str) -> str:
    return damage(text, "windows-1252").translate(dict.fromkeys(map(ord, UNDEFINED_IN_1252), "\ufffd"))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_damaged_sentence_is_restored(sentence, encoding):
    assert repaired(damage(sentence, encoding)) == sentence


@pytest.mark.parametrize(
    "encoding", [f"{encoding} twice" for encoding in ("windows-1252", "latin-1", "mac-roman", "cp437")]
)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_damaged_twice_is_restored_in_one_step(sentence, encoding):
    assert repaired(damage(sentence, encoding)) == sentence


@pytest.mark.parametrize("sentence", CLEAN)
def test_clean_text_is_left_alone(sentence):
    assert find(sentence) == ()


def test_a_run_says_where_what_and_how():
    assert find("Use âœ… here") == (Run(4, 7, "✅", (), "windows-1252"),)


def test_two_codecs_that_explain_equally_much_are_both_offered():
    (run,) = find(damage("poslouží", "cp850")[:-2])
    assert (run.original, run.candidates) == (None, ("ŝ", "ž"))


def test_of_two_such_readings_the_one_with_the_fitting_case_is_taken():
    text = damage("taký", "cp850")
    assert find(text) == (Run(3, 5, "ý", (), "cp850"),)


def test_touching_damage_is_one_run_and_clean_text_parts_it():
    text = damage("✅❌ and ✅", "mac-roman")
    assert [run.original for run in find(text)] == ["✅❌", "✅"]


def test_several_lines_may_be_clean():
    clean = "# Titel\n\nSchöne Grüße — ✅\nWeiter → so\n\n- „Übung“\n"
    mixed = "\n".join(
        damage(line, "mac-roman") if index % 2 else line for index, line in enumerate(clean.split("\n"))
    )
    assert mixed != clean
    assert repaired(mixed) == clean


class TestLostBytes:
    @pytest.mark.parametrize("lose", [dropped, replaced])
    @pytest.mark.parametrize(
        "clean", ["❌ Do not", "“Ship it”", "⚠️ Careful", "👩‍💻 writes", "┌─────┐", "a ← b", "━━━━━"]
    )
    def test_what_stands_out_is_restored(self, lose, clean):
        assert repaired(lose(clean)) == clean

    @pytest.mark.parametrize("lose", [dropped, replaced])
    @pytest.mark.parametrize("clean", ["🏆", "📝", "🔍", "🐛", "🙏"])
    def test_pictures_that_look_alike_are_offered(self, lose, clean):
        text = lose(f"{clean} first")
        (run,) = find(text)
        assert run.original is None
        assert clean in run.candidates
        assert repaired(text) == text

    def test_a_lone_letter_is_offered_where_its_line_is_damaged(self):
        runs = find(dropped("Árvíz tükör"))
        assert [run.original for run in runs] == [None, "í", "ü", "ö"]
        assert "Á" in runs[0].candidates

    def test_a_lone_letter_is_a_letter_elsewhere(self):
        assert find("Ã e Ñ") == ()

    def test_too_many_gaps_offer_nothing(self):
        (run,) = find(dropped("前前前前前前使用工具"))
        assert (run.original, run.candidates) == (None, ())


class TestPairs:
    """GBK and Shift-JIS take two bytes for one character."""

    @pytest.mark.parametrize("encoding", ["gbk", "shift-jis"])
    @pytest.mark.parametrize("clean", ["🚀 Deploy", "Gr\u00f6\u00dfe", "使用工具", "Use テスト now"])
    def test_what_came_in_pairs_is_restored(self, clean, encoding):
        damaged = damage(clean, encoding)
        if "\ufffd" in damaged:
            assert all(run.original is None for run in find(damaged))
        else:
            assert repaired(damaged) == clean

    @pytest.mark.parametrize("clean", ["技能多", "是否需要技能多", "准备数据", "执行任务"])
    def test_windows_has_a_character_for_more_pairs(self, clean):
        """The byte 80 is a euro sign there, and what is no character in GBK is one for private use."""
        pairs = re.findall(rb"\x80|[\x81-\xfe].", clean.encode())
        damaged = "".join("€" if pair == b"\x80" else pair.decode("gb18030") for pair in pairs)
        assert damaged != clean.encode().decode("gbk", "replace")
        assert repaired(damaged) == clean

    @pytest.mark.parametrize("encoding", ["gbk", "shift-jis"])
    def test_a_byte_that_found_no_partner_is_lost(self, encoding):
        (run,) = find(damage("✅ Run", encoding))
        assert run.original is None
        assert "✅" in run.candidates

    @pytest.mark.parametrize(
        "clean", ["API没么", "没有 API，使用工具", "笨好 API", "テストｱｲｳ", "ﾃｨ", "鉁和馃", "毛 of the 猫"]
    )
    def test_chinese_and_japanese_are_left_alone(self, clean):
        assert find(clean) == ()

    def test_a_long_line_comes_to_an_end(self):
        """Were its time to grow with the square of its length, the run would be ended here."""
        assert find("使用工具之前请先阅读文件" * 20_000 + "!") == ()
        long = damage("使用工具之前请先阅读文件。" * 10_000, "gbk") + "没"
        assert all(run.end <= len(long) for run in find(long))


class TestMentions:
    """Text about damage is not damaged."""

    @pytest.mark.parametrize(
        "text",
        [
            "Common mistakes: `â€™` and `Ã©`.",
            "When â€™ shows up, it was ’ once.",
            "| â€™ | ’ |\n| Ã© | é |",
            "Typical mojibake:\n\n```\nâ€™ or Ã©\n```\n",
            'UTF-8 read as latin-1 makes "Ã©" of it.',
        ],
    )
    def test_examples_are_left_alone(self, text):
        assert find(text) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "```\nâ”œâ”€â”€ src\n```",
            "Print `âœ… passed` at the end",
            'icon: "âœ…"',
            "About mojibake: `Ã©`.\n\nâœ… Damaged after all",
            "17 U.S.C. Â§ 101 and Â§ 102",
        ],
    )
    def test_damage_is_damage_in_code_as_well(self, text):
        assert find(text)


class TestLaws:
    # Clean text as it is made: words of one alphabet, signs between them, pictures, drawings.
    alphabets = st.sampled_from(
        (
            "abcdefghijklmnopqrstuvwxyz",
            "abcdeäöüß",
            "abcdeéèàçêù",
            "abcdeãõçáéíóú",
            "abcdeąćęłńóśźż",
            "abcdeěščřžýáíéů",
            "abcdeğışçöü",
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
            "αβγδεζηθικλμνξοπρστυφχψωάέή",
            "אבגדהוזחטיכלמנסעפצקרשת",
            "กขคงจชซดตถทนบปผพฟภมยรลวสหอ",
            "使用工具之前请先阅读文件测试",
            "これはテストですあいうえお",
        )
    )
    words = alphabets.flatmap(lambda letters: st.text(letters, min_size=1, max_size=9))
    signs = st.sampled_from(
        (" ", " ", ", ", ". ", " – ", " — ", "… ", " → ", "\n- ", " ✅ ", " 🚀 ", " « ", " » ", " “", "” ")
    )
    drawings = st.text("─│┌┐└┘├┤┬┴┼═║╔╗╚╝ \n", max_size=12).map(lambda drawing: f"\n{drawing}\n")
    clean_texts = st.lists(st.one_of(words, signs, drawings), max_size=20).map("".join)

    @given(clean_texts)
    def test_clean_text_is_left_alone(self, text):
        assert repaired(text) == text

    @given(st.text())
    def test_it_never_raises(self, text):
        find(text)

    @given(st.text(st.characters(exclude_categories=())))
    def test_it_never_raises_for_lone_surrogates(self, text):
        find(text + "\ud800âœ…\udfff")

    @given(st.lists(st.sampled_from('âÃÂðŸœ…€™‚Äåñ├⌐Γ¤ \ufffd\x81\x9d\ud83d`"\n'), max_size=40).map("".join))
    def test_it_never_raises_for_broken_damage(self, text):
        for run in find(text):
            assert 0 <= run.start < run.end <= len(text)

    @given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from(ENCODINGS))
    def test_a_repaired_text_needs_no_repair(self, lines, encoding):
        mended = repaired(damage("\n".join(lines), encoding))
        assert mended == "\n".join(lines)
        assert find(mended) == ()

    @given(st.text(), st.sampled_from(ENCODINGS))
    def test_what_is_certain_can_be_damaged_again(self, text, encoding):
        damaged = damage(text, encoding)
        for run in find(damaged):
            if run.original is not None and "\ufffd" not in damaged:
                under = damaged[run.start : run.end]
                again = damage(run.original, run.encoding)
                # A run that had lost bytes gets them back.
                assert under == again or under == again.translate(dict.fromkeys(map(ord, UNDEFINED_IN_1252)))

    @given(st.lists(st.one_of(words, signs), max_size=20).map("".join), st.sampled_from(ENCODINGS))
    def test_runs_are_in_order_and_apart(self, text, encoding):
        damaged = damage(text, encoding)
        position = 0
        for run in find(damaged):
            assert position <= run.start < run.end <= len(damaged)
            assert run.original is None or not run.candidates
            position = run.end


@pytest.mark.slow
class TestLongTexts:
    """Were the time to grow with the square of the length, the run would be ended here.

    ``tests/benchmarks/run.py --only growth`` prints how it does grow.
    """

    @pytest.mark.parametrize("unit", ["â", "é—", "âŒ", "ðŸ", "Ã", "├", "`â€™`", "```\nÃ©\n", "Ã©", "a\x81"])
    def test_comes_to_an_end(self, unit):
        text = unit * (300_000 // len(unit))
        assert all(run.end <= len(text) for run in find(text))


def test_it_needs_the_standard_library_only():
    modules = [name for name in sys.modules if name.startswith("agentls.text.mojibake")]
    assert modules
    for name in modules:
        with open(sys.modules[name].__file__, encoding="utf-8") as file:
            imported = re.findall(r"^(?:from|import) (\w+)", file.read(), re.MULTILINE)
        assert set(imported) <= {*sys.stdlib_module_names, "agentls"}

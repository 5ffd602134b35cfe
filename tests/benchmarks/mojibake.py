"""Measures how much damage `agentls.mojibake` finds and mends, family by family, with ftfy beside it.

Run `python tests/benchmarks/mojibake.py [corpus folder]`. It is a measurement and asserts nothing.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import ftfy

from agentls.text.mojibake import damage, find

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from material import CORPUS

# Lines as people write them, one per kind of character; the corpus, where there is one, adds real ones.
OWN_LINES = """\
✅ Run the tests before every commit
❌ Never push to main
⚠️ This deletes the branch
- 🚀 Deploy, 🔧 configure, 📝 document
Status: 🟢 ready, 🟡 waiting, 🔴 blocked
👩‍💻 writes, 🏋️ trains, 🏆 wins
ℹ️ Use ⌘K or ⌥⏎ to open the palette
1️⃣ Read 2️⃣ Plan 3️⃣ Write
Plan — then code
Pages 12–34 and 56–78
It’s the author’s choice
“Ship it,” she said
He called it ‘done’ and left…
Input → parse → check → output
Latency ≤ 20 ms, throughput ≥ 1000
• first • second • third
20 °C ± 2 °C, 5 µm, ½ litre, 3 × 4
© 2024 Example® and Other™, §4, ¶2
Price: 20 € or £15
a ← b ↔ c ⇒ d
├── src
│   └── main.py
┌───────┐
█████░░░ 60 %
Schöne Grüße aus München
Straße, Fußgänger, Übergröße
« Été à la plage, où le cœur bat »
Le garçon français a mangé des crêpes
L’élève a réussi
Señor Núñez pidió mañana jalapeños
¿Qué pasó? ¡Nada!
Coração, informação e São João
A decisão não é sua, amanhã há reunião
Årsmøde på Færøerne
Smörgåsbord och räksmörgås
Příliš žluťoučký kůň úpěl ďábelské ódy
Zażółć gęślą jaźń
Árvíztűrő tükörfúrógép
Işık hızla yayılır, çağrı geldi
Știință și tehnică în România
Việt Nam đất nước tôi
Hæð og þyngd
Đorđe je šetao čačkom
Привет, мир! Проверьте настройки
Агент проверяет файлы и пишет отчёт
Перевірте, чи працює сервіс
Γειά σου Κόσμε
Το αρχείο δεν βρέθηκε
שלום עולם
مرحبا بالعالم
สวัสดีชาวโลก
नमस्ते दुनिया
使用工具之前请先阅读文件
繁體中文的說明文件
こんにちは、世界。
テストを実行してください
안녕하세요 세계
파일을 확인하십시오
全角：１２３（テスト）
Let Δ be the change and λ the rate
naïve café résumé
""".splitlines()

OTHER_ALPHABETS = re.compile("[\u0370-\u1cff\u3000-\u9fff\uac00-\ud7af]{2}")
LOSING = ("windows-1252, dropped", "windows-1252, U+FFFD")
UNDEFINED_IN_1252 = "\x81\x8d\x8f\x90\x9d"


def kept(encoding: str) -> Callable[[str], str]:
    return lambda line: damage(line, encoding)


def _dropped(line: str) -> str:
    return damage(line, "windows-1252").translate(dict.fromkeys(map(ord, UNDEFINED_IN_1252)))


def _replaced(line: str) -> str:
    return damage(line, "windows-1252").translate(dict.fromkeys(map(ord, UNDEFINED_IN_1252), "\ufffd"))


def _multibyte(codec: str) -> Callable[[str], str]:
    return lambda line: line.encode().decode(codec, "replace")


FAMILIES: dict[str, Callable[[str], str]] = {
    "windows-1252, kept": kept("windows-1252"),
    "windows-1252, dropped": _dropped,
    "windows-1252, U+FFFD": _replaced,
    "latin-1": kept("latin-1"),
    "mac-roman": kept("mac-roman"),
    "cp437": kept("cp437"),
    "cp850": kept("cp850"),
    "windows-1250": kept("windows-1250"),
    "windows-1251": kept("windows-1251"),
    "windows-1254": kept("windows-1254"),
    "windows-874": kept("windows-874"),
    "windows-1252 twice": kept("windows-1252 twice"),
    "latin-1 twice": kept("latin-1 twice"),
    "mac-roman twice": kept("mac-roman twice"),
    "cp437 twice": kept("cp437 twice"),
    "gbk": _multibyte("gbk"),
    "shift-jis": _multibyte("cp932"),
}


HEADS = ("found", "exact", "partly", "wrong", "ftfy found", "ftfy exact", "ftfy else")


def repaired(text: str) -> str:
    for run in reversed(find(text)):
        if run.original is not None:
            text = text[: run.start] + run.original + text[run.end :]
    return text


def tally(clean: str, damaged: str, spoil: Callable[[str], str]) -> Counter[str]:
    """What became of one damaged line.

    Partly: what was changed is right, and the rest was offered. Wrong: something was restored that never was.
    """
    count = Counter(lines=1)
    ours = repaired(damaged)
    count["found"] = bool(find(damaged))
    count["exact"] = ours == clean
    if ours not in (clean, damaged):
        count["partly" if is_on_the_way(clean, damaged, spoil) else "wrong"] = 1
    return count + compared(ftfy.fix_encoding(damaged), clean, damaged, "ftfy ")


def is_on_the_way(clean: str, damaged: str, spoil: Callable[[str], str]) -> bool:
    """Every certain run covers whole characters of the clean line and restores exactly those."""
    if damage_of_pairs := {run.encoding for run in find(damaged)} & {"gbk", "shift-jis"}:
        # Pairs go across characters, so their places are not to be told.
        return len(damage_of_pairs) == 1 and all((run.original or "") in clean for run in find(damaged))
    places = dict(
        zip(accumulate((len(spoil(char)) for char in clean), initial=0), range(len(clean) + 1), strict=False)
    )
    return all(
        run.original is None
        or (
            run.start in places
            and run.end in places
            and run.original == clean[places[run.start] : places[run.end]]
        )
        for run in find(damaged)
    )


def compared(mended: str, clean: str, damaged: str, who: str) -> Counter[str]:
    count: Counter[str] = Counter()
    count[f"{who}found"] = mended != damaged
    count[f"{who}exact"] = mended == clean
    count[f"{who}else"] = mended not in (clean, damaged)
    return count


def every_other_line(text: str) -> Counter[str]:
    """Mac Roman on every other line of a clean file; the file is searched as a whole."""
    clean = text.split("\n")
    mixed = [damage(line, "mac-roman") if index % 2 else line for index, line in enumerate(clean)]
    ours = repaired("\n".join(mixed)).split("\n")
    theirs = ftfy.fix_encoding("\n".join(mixed)).split("\n")
    count: Counter[str] = Counter()
    for before, damaged, mended, other in zip(clean, mixed, ours, theirs, strict=True):
        if before == damaged:
            count["clean lines changed"] += mended != before
            continue
        own = compared(mended, before, damaged, "")
        own["wrong"] = own.pop("else")
        count += Counter(lines=1) + own + compared(other, before, damaged, "ftfy ")
    return count


def clean_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text("utf-8-sig", "replace")
        if not text.isascii() and "\ufffd" not in text and not find(text):
            yield text


def affected(lines: list[str], spoil: Callable[[str], str], family: str) -> Iterator[tuple[str, str]]:
    """The lines a family damages; where it is about lost bytes, those that lose some."""
    unhurt = damage if family in LOSING else (lambda line, _: line)
    for line in lines:
        damaged = spoil(line)
        if damaged not in (line, unhurt(line, "windows-1252")):
            yield line, damaged


def row(name: str, count: Counter[str]) -> str:
    lines = max(count["lines"], 1)
    return f"{name:28}{count['lines']:7}" + "".join(f"{count[key] / lines:12.4f}" for key in HEADS)


def table(title: str, lines: list[str], misses_of: str) -> None:
    print(f"\n{title:28}{'lines':>7}" + "".join(f"{head:>12}" for head in HEADS))
    for family, spoil in FAMILIES.items():
        total: Counter[str] = Counter()
        for clean, damaged in affected(lines, spoil, family):
            count = tally(clean, damaged, spoil)
            total += count
            if family == misses_of and not count["exact"]:
                print("   ", repr(clean[:70]), repr(damaged[:90]), find(damaged)[:3])
        print(row(family, total))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", default="", help="print the lines of this family that were not mended")
    options = parser.parse_args()
    texts = list(clean_texts(options.corpus)) if options.corpus.is_dir() else []
    found = list(dict.fromkeys(line for text in texts for line in text.split("\n") if not line.isascii()))
    table("own lines", OWN_LINES, options.misses)
    table("corpus, Latin lines", [line for line in found if not OTHER_ALPHABETS.search(line)], options.misses)
    table("corpus, other alphabets", [line for line in found if OTHER_ALPHABETS.search(line)], options.misses)
    total: Counter[str] = Counter()
    for text in texts:
        total += every_other_line(text)
    print(f"\n{'whole files':28}{'lines':>7}" + "".join(f"{head:>12}" for head in HEADS))
    print(row("mac-roman, every other line", total), "clean lines changed:", total["clean lines changed"])


if __name__ == "__main__":
    main()

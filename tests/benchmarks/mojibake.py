"""Measures how much damage `agentls.mojibake` finds and mends, family by family, with ftfy beside it.

Run `python tests/benchmarks/mojibake.py [corpus folder]`. It is a measurement, not a test: it asserts nothing.
"""

import argparse
import codecs
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

from agentls.mojibake import damage, find

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


def repaired(text: str) -> str:
    for run in reversed(find(text)):
        if run.original is not None:
            text = text[: run.start] + run.original + text[run.end :]
    return text


def tally(clean: str, damaged: str) -> Counter[str]:
    """What became of one damaged line."""
    count = Counter(lines=1)
    ours = repaired(damaged)
    count["found"] = bool(find(damaged))
    count["exact"] = ours == clean
    count["else"] = ours not in (clean, damaged)
    theirs = ftfy.fix_encoding(damaged)
    count["ftfy found"] = theirs != damaged
    count["ftfy exact"] = theirs == clean
    count["ftfy else"] = theirs not in (clean, damaged)
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
        count["lines"] += 1
        count["found"] += mended != damaged
        count["exact"] += mended == before
        count["else"] += mended not in (before, damaged)
        count["ftfy found"] += other != damaged
        count["ftfy exact"] += other == before
        count["ftfy else"] += other not in (before, damaged)
    return count


def clean_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text("utf-8-sig", "replace")
        if not text.isascii() and "\ufffd" not in text and not find(text):
            yield text


def affected(lines: list[str], spoil: Callable[[str], str], family: str) -> Iterator[tuple[str, str]]:
    for line in lines:
        damaged = spoil(line)
        # A family about lost bytes is measured on the lines that lose some.
        if family.startswith("windows-1252, ") and "kept" not in family:
            if damaged == damage(line, "windows-1252"):
                continue
        if damaged != line:
            yield line, damaged


def row(name: str, count: Counter[str]) -> str:
    lines = max(count["lines"], 1)
    figures = ("found", "exact", "else", "ftfy found", "ftfy exact", "ftfy else")
    return f"{name:28}{count['lines']:7}" + "".join(f"{count[key] / lines:12.4f}" for key in figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("/work/shared/corpus"))
    parser.add_argument("--misses", default="", help="print the lines of this family that were not mended")
    options = parser.parse_args()
    texts = list(clean_texts(options.corpus))
    found_lines = dict.fromkeys(line for text in texts for line in text.split("\n") if not line.isascii())
    for title, lines in (("own lines", OWN_LINES), ("corpus lines", list(found_lines))):
        print(f"\n{title:28}{'lines':>7}" + "".join(f"{head:>12}" for head in ("found", "exact", "else", "ftfy found", "ftfy exact", "ftfy else")))
        for family, spoil in FAMILIES.items():
            total: Counter[str] = Counter()
            for clean, damaged in affected(lines, spoil, family):
                count = tally(clean, damaged)
                total += count
                if family == options.misses and not count["exact"]:
                    print("   ", repr(clean[:70]), "|", repr(damaged[:90]), "|", [(damaged[r.start:r.end], r.original, r.candidates, r.encoding) for r in find(damaged)][:3])
            print(row(family, total))
    total = Counter()
    for text in texts:
        total += every_other_line(text)
    print(row("mac-roman, every other line", total), "clean lines changed:", total["clean lines changed"])


if __name__ == "__main__":
    main()

"""The symbols people write every day in prose about software. A lost byte is filled in only with one of these."""

EVERYDAY = frozenset(
    "–—‘’‚“”„†‡•…‰′″‹›€™№"
    "←↑→↓↔↕↖↗↘↙↩↪↳⇐⇒⇔⇧"
    "∀∂∃∅∆∈∉∏∑−√∞∧∨∩∪∫≈≠≡≤≥⊂⊆"
    "⌘⌥⌃⌫⌛⌚⏎⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺"
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬━┃┏┓┗┛┣┫┳┻╋╭╮╯╰╱╲▀▄█▌▐░▒▓"
    "■□▪▫▲△▶▷►▼▽◀◁◄◆◇○●◉◎◯"
    "☀☁☂☃☎☐☑☒☕☘☠☢☣☮☯☸☹☺♀♂♠♣♥♦♻♿⚒⚓⚔⚖⚗⚙⚛⚠⚡⚪⚫⚽⚾⛄⛅⛏⛑⛔⛪⛰⛲⛳⛵⛺⛽"
    "✂✅✈✉✊✋✌✍✏✒✓✔✕✖✗✘✨✳✴❄❇❌❎❓❔❕❗❣❤➕➖➗➜➡➤➰➿⤴⤵⬅⬆⬇⬛⬜⭐⭕"
    "ΔΣΩαβγδεθλμπρστφψω"
    "\ufe0f\u200b\u200d\ufeff\u2011\u2009\u202f"
)


def is_everyday(char: str) -> bool:
    code = ord(char)
    return (
        char in EVERYDAY
        or 0x1F300 <= code < 0x1F650
        or 0x1F680 <= code < 0x1F700
        or 0x1F7E0 <= code < 0x1FB00
    )


def is_emoji(char: str) -> bool:
    return "☀" <= char <= "➿" or ord(char) >= 0x1F000

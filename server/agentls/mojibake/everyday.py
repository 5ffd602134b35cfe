"""The characters people use every day in prose about software. It ranks and accepts fillings; it is no list of all that is allowed."""

# Roughly by how often they are met: the order is the order in which doubtful restorations are offered.
_FAVOURITES = "✅❌⚠🚀📝🔍🎯🏗🏆🐛🤖🌍🛠🐙🏠📁🏋🙏✏⭐🏁📍🎁🏢🔐🔁🏷🏃🏛🐍🐳👍🌐🍕🏅🐞🐘🍀"
_SIGNS = (
    "—–‘’“”‚„…•†‡‰′″‹›€™№"
    "→←↑↓↔↕↖↗↘↙↩↪↳⇐⇒⇔⇧"
    "∀∂∃∅∆∈∉∏∑−√∞∧∨∩∪∫≈≠≡≤≥⊂⊆"
    "⌘⌥⌃⌫⌛⌚⏎⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺"
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬━┃┏┓┗┛┣┫┳┻╋╭╮╯╰╱╲▀▄█▌▐░▒▓"
    "■□▪▫▲△▶▷►▼▽◀◁◄◆◇○●◉◎◯"
    "☀☁☂☃☎☐☑☒☕☘☠☢☣☮☯☸☹☺♀♂♠♣♥♦♻♿⚒⚓⚔⚖⚗⚙⚛⚠⚡⚪⚫⚽⚾⛄⛅⛏⛑⛔⛪⛰⛲⛳⛵⛺⛽"
    "✂✅✈✉✊✋✌✍✏✒✓✔✕✖✗✘✨✳✴❄❇❌❎❓❔❕❗❣❤➕➖➗➜➡➤➰➿⤴⤵⬅⬆⬇⬛⬜⭐⭕"
    "\ufe0f\u200b\u200d\ufeff\u2011\u2009\u202f"
)
# Greek letters that stand alone in texts of every language.
_GREEK = "ΔΣΩαβγδεθλμπρστφψω"
_SET = frozenset(_SIGNS + _GREEK)
_RANK = {char: rank for rank, char in enumerate(dict.fromkeys(_FAVOURITES + _SIGNS))}


def is_everyday(char: str) -> bool:
    return char in _SET or _is_picture(ord(char))


def rank(char: str) -> int:
    """Smaller is met more often; all that is not listed shares the last place."""
    return _RANK.get(char, len(_RANK))


def is_emoji(char: str) -> bool:
    return "☀" <= char <= "➿" or _is_picture(ord(char))


def _is_picture(code: int) -> bool:
    return (
        0x1F300 <= code < 0x1F650
        or 0x1F680 <= code < 0x1F700
        or 0x1F7E0 <= code < 0x1F800
        or 0x1F900 <= code < 0x1FB00
    )

"""Names that look like one another, as far as Latin letters are imitated (after Unicode TS 39, confusables; a part of it)."""

import unicodedata

# Cyrillic, Greek and other letters that are drawn as a Latin one, small or capital; of the digits those drawn as letters.
_DRAWN_AS = str.maketrans(
    {
        **dict.fromkeys("аαɑ", "a"),
        **dict.fromkeys("вβʙ", "b"),
        **dict.fromkeys("сϲ", "c"),
        **dict.fromkeys("ԁ", "d"),
        **dict.fromkeys("еε", "e"),
        **dict.fromkeys("ё", "ë"),
        **dict.fromkeys("ɡ", "g"),
        **dict.fromkeys("нηһ", "h"),
        **dict.fromkeys("іιıӏl1ⅼ|", "i"),
        **dict.fromkeys("ї", "ï"),
        **dict.fromkeys("јϳ", "j"),
        **dict.fromkeys("кκ", "k"),
        **dict.fromkeys("мμ", "m"),
        **dict.fromkeys("νп", "n"),
        **dict.fromkeys("оοσ0օ", "o"),
        **dict.fromkeys("рρ", "p"),
        **dict.fromkeys("ԛ", "q"),
        **dict.fromkeys("ѕ", "s"),
        **dict.fromkeys("тτ", "t"),
        **dict.fromkeys("υս", "u"),
        **dict.fromkeys("ԝѡ", "w"),
        **dict.fromkeys("хχ", "x"),
        **dict.fromkeys("уγү", "y"),
        **dict.fromkeys("ζ", "z"),
    }
)


def skeleton(name: str) -> str:
    """The same of names that look the same: letters and figures alone, in Latin where they are drawn so, in whatever case.

    Of a name without any, as of pictures alone, the name itself.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    drawn = "".join(each for each in plain.translate(_DRAWN_AS) if each.isalnum() or _is_mark(each))
    return drawn or plain


def _is_mark(character: str) -> bool:
    """Marks make another letter of the one they stand on."""
    return unicodedata.category(character) in {"Mn", "Mc"}

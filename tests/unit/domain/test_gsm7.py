"""B10: an SMS is GSM-7 safe and its segments are counted as the network counts them (3GPP TS 23.038, 23.040)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.gsm7 import is_gsm7, segments, to_gsm7


@pytest.mark.parametrize("text", ["åäöÅÄÖéÉ", "kl. 09:30 https://x.se/b#A-_z", "{€}", "", "rad\nrad"])
def test_swedish_letters_and_links_are_within_the_alphabet(text: str) -> None:
    assert is_gsm7(text)


@pytest.mark.parametrize("character", ["”", "–", "…", "ç", "á", "\t", "`", "😀", "\u00a0"])
def test_what_turns_a_text_to_ucs2_is_found(character: str) -> None:
    assert not is_gsm7(f"Hej {character}")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("–" * 70, 1),
        ("–" * 71, 2),
        ("–" * 134, 2),
        ("–" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
)
def test_segments_are_counted_and_no_character_is_split(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("”Hej” – så…", '"Hej" - så...'),
        ("Façade áé", "Facade aé"),
        ("日😀", "??"),
        ("o\u0308ppet", "öppet"),
        ("ﬁn", "fn"),
    ],
)
def test_the_nearest_plain_text_is_found(text: str, plain: str) -> None:
    assert to_gsm7(text) == plain


@given(st.text(max_size=400))
def test_any_text_can_be_made_plain_and_only_once(text: str) -> None:
    plain = to_gsm7(text)
    assert is_gsm7(plain)
    assert to_gsm7(plain) == plain


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert 1 <= segments(text) <= segments(text + more)

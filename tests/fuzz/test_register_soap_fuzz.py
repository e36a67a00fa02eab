"""Whatever the population register answers, it is understood as meant or refused as a whole (P5).

Answers are broken in the ways that networks, proxies and attackers break them. What comes out is RegisterUnavailable, or
the person asked for; and of a child that is not protected never an empty list of guardians that the answer did not mean.
"""

import encodings.aliases
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.person_records import read_person, with_guardians
from chalicelib.gateways.register_http import LARGEST_ANSWER_BYTES
from chalicelib.gateways.register_soap import is_refusal, records

GOLDEN = Path(__file__).resolve().parents[1] / "contracts" / "register"
CHILD, GUARDIAN = ((GOLDEN / name).read_bytes() for name in ("guardians.xml", "guardian.xml"))
ALVA, ERIK = IdentityNumber("201605172384"), IdentityNumber("199006022397")
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AT_ONCE_S = 2.0

places = st.integers(0, len(CHILD) - 1)
fragments = st.sampled_from(
    [
        *(
            b"<",
            b">",
            b"</",
            b"/>",
            b"&",
            b"&amp;",
            b"&#0;",
            b"&#x110000;",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"-->",
            b"\x00",
        ),
        *(b"\xff\xfe", b"\xed\xa0\x80", b"<?xml version='1.0'?>", b"<!DOCTYPE x>", b"<!ENTITY a 'b'>", b"xmlns=''"),
        *(b"<relationship/>", b"<personRecord/>", b"<personRecord xmlns='urn:x'/>", b"false", b"true", b"AV", b"V"),
    ]
)


def outcome(child: bytes, guardian: bytes = GUARDIAN) -> RegisterPerson | None:
    """None when refused, or when the register knows nobody of that number."""
    try:
        found = records(child, [ALVA])
        if ALVA not in found:
            return None
        record = read_person(found[ALVA], ALVA, NOW)
        return with_guardians(record, records(guardian, [ERIK]) if record.guardian_numbers else {})
    except RegisterUnavailable as refused:
        assert refused.__cause__ is None
        assert not any(digits in str(refused) for digits in ("2016", "1990", "Alva", "Erik"))
        return None


def means_no_guardian(answer: bytes) -> bool:
    """Whether these bytes still say that Erik has custody of Alva today."""
    return b"<relationshipType>V</relationshipType>" not in answer or b"2016-05-17</value>" not in answer


def judge(answer: bytes) -> None:
    person = outcome(answer)
    if person is None:
        return
    assert person.number == ALVA
    silently_none = not person.guardians and not person.guardians_withheld
    assert not silently_none or means_no_guardian(answer)


@settings(max_examples=400, deadline=None)
@given(places, fragments)
def test_a_fragment_put_anywhere(place: int, fragment: bytes) -> None:
    judge(CHILD[:place] + fragment + CHILD[place:])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=4))
def test_bytes_changed_anywhere(changes: list[tuple[int, int]]) -> None:
    answer = bytearray(CHILD)
    for place, value in changes:
        answer[place] = value
    judge(bytes(answer))


@settings(max_examples=300, deadline=None)
@given(places, st.integers(1, 800))
def test_a_part_left_out(place: int, length: int) -> None:
    judge(CHILD[:place] + CHILD[place + length :])


@settings(max_examples=300, deadline=None)
@given(places, st.integers(1, 800), places)
def test_a_part_told_twice(place: int, length: int, where: int) -> None:
    judge(CHILD[:where] + CHILD[place : place + length] + CHILD[where:])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GUARDIAN) - 1), fragments)
def test_a_guardians_record_broken_anywhere(place: int, fragment: bytes) -> None:
    person = outcome(CHILD, GUARDIAN[:place] + fragment + GUARDIAN[place:])
    assert person is None or len(person.guardians) == 1


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000))
def test_bytes_that_never_were_an_answer(answer: bytes) -> None:
    assert outcome(answer) is None
    is_refusal(answer)


@pytest.mark.parametrize(
    "codec", sorted({*encodings.aliases.aliases.values(), "nonsense", "x" * 5000, "utf-7", "idna"})
)
def test_an_answer_that_says_to_be_in_another_encoding(codec: str) -> None:
    """As the header says but the bytes do not, and as the bytes do but the header does not."""
    judge(CHILD.replace(b'encoding="UTF-8"', f'encoding="{codec}"'.encode()))
    judge(_encoded(codec))


def _encoded(codec: str) -> bytes:
    """The answer in it, or as it is for a codec that cannot hold it."""
    try:
        return CHILD.decode().encode(codec)
    except (LookupError, ValueError):
        return CHILD


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_an_encoding_that_xml_knows_is_read(codec: str) -> None:
    text = CHILD.decode().replace('encoding="UTF-8"', f'encoding="{codec.removesuffix("-sig")}"')
    assert outcome(text.encode(codec)) == outcome(CHILD) is not None


@pytest.mark.parametrize(
    "namespace",
    [
        "http://schemas.xmlsoap.org/soap/envelope/",
        "urn:riv:strategicresourcemanagement:persons:person:5",
        "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5",
    ],
)
@pytest.mark.parametrize("other", ["", "urn:x", "{0}0", "{0} ", "HTTP://schemas.xmlsoap.org/soap/envelope/"])
def test_another_namespace_is_another_language(namespace: str, other: str) -> None:
    quoted = f'"{namespace}"'.encode()
    assert quoted in CHILD
    assert outcome(CHILD.replace(quoted, f'"{other.format(namespace)}"'.encode())) is None


def _with_body(body: str) -> bytes:
    return CHILD.replace(b"<soap:Body>", f"<soap:Body>{body}".encode())


def _lies(levels: int) -> str:
    names = [f"e{level}" for level in range(levels)]
    laughs = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]>'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a billion laughs": lambda: CHILD.replace(b"<soap:Envelope", _lies(12).encode() + b"<soap:Envelope", 1),
    "one entity, quadratic": lambda: CHILD.replace(
        b"<soap:Envelope", b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]><soap:Envelope', 1
    ),
    "a file outside": lambda: CHILD.replace(
        b"<soap:Envelope", b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><soap:Envelope', 1
    ),
    "a parameter entity": lambda: CHILD.replace(
        b"<soap:Envelope", b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><soap:Envelope', 1
    ),
    "nested without end": lambda: b"<a>" * 130_000,
    "nested and closed": lambda: b"<a>" * 55_000 + b"</a>" * 55_000,
    "a great many elements": lambda: b"<a>" + b"<b/>" * 98_000 + b"</a>",
    "a great many attributes": lambda: b"<a " + b" ".join(b"a%d=''" % number for number in range(40_000)) + b"/>",
    "a great many namespaces": lambda: b"<a " + b" ".join(b"xmlns:a%d='u'" % n for n in range(24_000)) + b"/>",
    "one long name": lambda: b"<" + b"a" * 399_000 + b"/>",
    "one long text": lambda: _with_body("a" * 390_000),
    "nothing but space": lambda: b" " * 400_000,
}


@pytest.mark.timed
@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_made_to_cost_costs_little(attack: Callable[[], bytes]) -> None:
    """Of the size that is let through at most."""
    answer = attack()
    assert len(answer) <= LARGEST_ANSWER_BYTES
    before = perf_counter()
    judge(answer)
    assert perf_counter() - before < AT_ONCE_S
    is_refusal(answer)

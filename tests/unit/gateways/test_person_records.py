"""Answers of the population register, as documented and as they should never be (P3, P5)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import Guardian, RegisterPerson
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.person_records import PersonRecord, read_person, with_guardians
from chalicelib.gateways.register_soap import question_of_guardians, question_of_people, records

GOLDEN = Path(__file__).resolve().parents[2] / "contracts" / "register"
ANSWER = (GOLDEN / "guardians.xml").read_text(encoding="utf-8")
GUARDIAN_ANSWER = (GOLDEN / "guardian.xml").read_text(encoding="utf-8")
ALVA = IdentityNumber("201605172384")
ERIK = IdentityNumber("199006022397")
SARA = IdentityNumber("199107172380")
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
IDENTITY = "<root>1.2.752.129.2.1.3.1</root><extension>{}</extension>"


SAMORDNING_STATUS = (
    "<personalIdentityStatus><{0}>{1}</{0}><identityStatusCause>{2}</identityStatusCause></personalIdentityStatus>"
)


def read_record(xml: str, asked: IdentityNumber = ALVA) -> PersonRecord:
    return read_person(records(xml.encode(), [asked])[asked], asked, NOW)


def read(xml: str, asked: IdentityNumber = ALVA) -> RegisterPerson:
    return read_record(xml, asked).person


def guardians(xml: str) -> tuple[IdentityNumber, ...]:
    """Whom the record names as guardians."""
    return read_record(xml).guardian_numbers


def guardian(xml: str) -> Guardian:
    """Alva's one guardian, whose own record is in the answer."""
    (found,) = with_guardians(read_record(ANSWER), records(xml.encode(), [ERIK])).guardians
    return found


def changed(old: str, new: str, count: int = -1) -> str:
    assert old in ANSWER
    return ANSWER.replace(old, new, count)


def with_field(xml: str) -> str:
    """The golden answer with one more field in the record."""
    return changed("<optoutPaperNotification>", f"{xml}<optoutPaperNotification>")


def without_relations(xml: str) -> str:
    start, end = xml.index("<relationship>"), xml.rindex("</relationship>") + len("</relationship>")
    return xml[:start] + xml[end:]


def relationship(begins: str = "", ends: str = "", more: str = "", number: str = SARA.digits) -> str:
    """One more guardian."""
    dates = "".join(
        f"<{name}><format>YYYY-MM-DD</format><value>{value}</value></{name}>"
        for name, value in (("relationshipFromDate", begins), ("relationshipToDate", ends))
        if value
    )
    identity = f"<personalIdentity>{IDENTITY.format(number)}</personalIdentity>" if number else ""
    return with_field(
        f"<relationship><relationshipId>{identity}</relationshipId><relationshipType>V</relationshipType>{dates}"
        f"<name><givenName>Sara</givenName><surname>Bergström</surname></name>{more}</relationship>"
    )


def test_the_question_is_the_golden_one() -> None:
    golden = (GOLDEN / "question.xml").read_text(encoding="utf-8").strip()
    assert question_of_people([ALVA], "SE165565594230-1000").decode() == golden


def test_all_guardians_are_asked_for_at_once_without_more_than_is_needed() -> None:
    golden = (GOLDEN / "question_guardians.xml").read_text(encoding="utf-8").strip()
    assert question_of_guardians([ERIK, SARA], "SE165565594230-1000").decode() == golden


def test_the_logical_address_cannot_add_markup() -> None:
    assert b"&lt;x&gt;&amp;" in question_of_people([ALVA], "<x>&")


@pytest.mark.parametrize(
    ("digits", "root"),
    [
        ("194408139089", b"1.2.752.129.2.1.3.1"),
        ("197010632391", b"1.2.752.129.2.1.3.3"),
        ("197003320001", b"1.2.752.129.2.1.3.2"),
        ("98240301AA06", b"1.2.752.74.9.1"),
    ],
)
def test_each_kind_of_number_is_asked_for_under_its_own_root(digits: str, root: bytes) -> None:
    assert b"<p:root>" + root + b"</p:root>" in question_of_people([IdentityNumber(digits)], "x")


def test_a_child_comes_with_its_guardian_and_no_other_relation() -> None:
    child = read_record(ANSWER)
    assert with_guardians(child, records(GUARDIAN_ANSWER.encode(), [ERIK])) == RegisterPerson(
        number=ALVA,
        given_name="Alva",
        family_name="Lindqvist",
        confidentiality_marked=False,
        protected_registration=False,
        deregistration_code=None,
        referred_to=None,
        guardians=(Guardian(ERIK, "Erik", "Lindqvist", protected=False, deceased=False),),
        guardians_withheld=False,
        fetched_at=NOW,
    )


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        ("", "", True),
        ("2016", "", True),
        ("2016-05", "9999-12-31", True),
        ("2026-11-21", "2026-11-22", True),
        ("2026-11-22", "", False),
        ("2016-05-17", "2026-11-21", False),
        ("2016-05-17", "2020", False),
    ],
)
def test_only_the_guardians_of_today_count(begins: str, ends: str, counts: bool) -> None:
    assert guardians(relationship(begins, ends)) == ((ERIK, SARA) if counts else (ERIK,))


def test_a_guardian_is_dead_by_the_own_record() -> None:
    """P5: the relation of a dead guardian may stand for a while, and only the living may act."""
    dead = "<deregistration><deregistrationReasonCode>AV</deregistrationReasonCode></deregistration>"
    assert not guardian(GUARDIAN_ANSWER).deceased
    assert guardian(
        GUARDIAN_ANSWER.replace("<protectedPopulationRecord>", f"{dead}<protectedPopulationRecord>")
    ).deceased


@pytest.mark.parametrize("mark", ["protectedPersonIndicator", "protectedPopulationRecord"])
def test_a_guardian_is_protected_by_the_own_record(mark: str) -> None:
    """P5."""
    assert not guardian(GUARDIAN_ANSWER).protected
    assert guardian(GUARDIAN_ANSWER.replace(f"<{mark}>false", f"<{mark}>true")).protected


def test_a_guardian_with_a_newer_number_is_known_by_that() -> None:
    """Only the newer identity can log in (B4)."""
    record = GUARDIAN_ANSWER.index("<personRecord>")
    assert (
        guardian(GUARDIAN_ANSWER[:record] + GUARDIAN_ANSWER[record:].replace(ERIK.digits, SARA.digits)).number == SARA
    )


@pytest.mark.parametrize("number", [ERIK.digits, SARA.digits])
def test_a_guardian_whose_own_record_is_not_there_makes_the_answer_incomplete(number: str) -> None:
    """P5: never a list that silently leaves one out."""
    start = GUARDIAN_ANSWER.index("<personRecord>")
    end = GUARDIAN_ANSWER.index("</personRecord>") + len("</personRecord>")
    unknown = GUARDIAN_ANSWER[:start] + GUARDIAN_ANSWER[end:]
    with pytest.raises(RegisterUnavailable) as refused:
        guardian(unknown)
    assert refused.value.code == "register_incomplete"


def test_a_guardian_whose_newer_record_was_not_given_makes_the_answer_incomplete() -> None:
    older = GUARDIAN_ANSWER.replace(
        "<protectedPopulationRecord>", f"{replaced_by(SARA.digits)}<protectedPopulationRecord>"
    )
    with pytest.raises(RegisterUnavailable) as refused:
        guardian(older)
    assert refused.value.code == "register_incomplete"


def test_a_guardian_without_a_swedish_number_is_left_out_beside_another() -> None:
    assert guardians(relationship(number="")) == (ERIK,)


def test_a_child_whose_record_has_no_relation_is_not_a_child_without_guardians() -> None:
    """P5: of every folkbokfört child the register knows a relation; none at all is an answer that lacks them."""
    with pytest.raises(RegisterUnavailable) as refused:
        read(without_relations(ANSWER))
    assert refused.value.code == "register_incomplete"


def test_a_child_with_relations_of_which_none_is_a_guardian_has_none() -> None:
    person = read_record(changed("<relationshipType>V<", "<relationshipType>FA<"))
    assert (person.guardian_numbers, person.person.guardians_withheld) == ((), False)


@pytest.mark.parametrize("mark", ["protectedPersonIndicator", "protectedPopulationRecord"])
def test_a_protected_child_without_relations_has_guardians_that_are_not_told(mark: str) -> None:
    """P5: of protected people the register tells profile 1 alone (rule 3 of the contract)."""
    assert read(without_relations(changed(f"<{mark}>false", f"<{mark}>true"))).guardians_withheld


@pytest.mark.parametrize("digits", ["201605772399", "201605320001", "98240301AA06", "00342145BZ31"])
def test_a_child_that_is_not_folkbokfort_has_guardians_that_are_not_told(digits: str) -> None:
    person = read(without_relations(changed(ALVA.digits, digits)), IdentityNumber(digits))
    assert (person.guardians, person.guardians_withheld) == ((), True)


def test_a_child_whose_only_guardian_has_no_number_is_not_a_child_without_guardians() -> None:
    identity = ANSWER.index("<personalIdentity>", ANSWER.index("<relationshipId>"))
    end = ANSWER.index("</personalIdentity>", identity) + len("</personalIdentity>")
    with pytest.raises(RegisterUnavailable):
        read(ANSWER[:identity] + ANSWER[end:])


def test_an_adult_has_no_guardians_whatever_the_record_says() -> None:
    adult = IdentityNumber("199312172381")
    assert read_record(changed("201605172384", adult.digits), adult).guardian_numbers == ()
    assert not read(without_relations(changed("201605172384", adult.digits)), adult).guardians_withheld


@pytest.mark.parametrize("mark", ["protectedPersonIndicator", "protectedPopulationRecord"])
@pytest.mark.parametrize("true", ["true", "1"])
def test_either_kind_of_protection_protects_and_they_are_told_apart(mark: str, true: str) -> None:
    """P5: sekretessmarkering and skyddad folkbokföring."""
    person = read(changed(f"<{mark}>false", f"<{mark}>{true}"))
    assert person.protected
    assert person.confidentiality_marked == (mark == "protectedPersonIndicator")
    assert person.protected_registration == (mark == "protectedPopulationRecord")


def test_a_protected_person_may_come_without_a_name() -> None:
    protected = changed("<protectedPersonIndicator>false", "<protectedPersonIndicator>true")
    nameless = protected.replace("<givenName>Alva</givenName>", "").replace("<surname>Lindqvist</surname>", "", 1)
    person = read(nameless)
    assert (person.protected, person.given_name, person.family_name) == (True, "", "")


@pytest.mark.parametrize(
    ("inside", "deceased", "deregistered"),
    [
        ("<deregistrationReasonCode>AV</deregistrationReasonCode>", True, False),
        ("<foundDeadAtDate><format>YYYY</format><value>2025</value></foundDeadAtDate>", True, False),
        ("<deregistrationReasonCode>UV</deregistrationReasonCode>", False, True),
        ("<deregistrationReasonCode>OB</deregistrationReasonCode>", False, True),
        ("<deregistrationReasonCode>XX</deregistrationReasonCode>", False, True),
        ("", False, True),
    ],
)
def test_deceased_and_deregistered_are_told_apart(inside: str, deceased: bool, deregistered: bool) -> None:
    person = read(with_field(f"<deregistration>{inside}</deregistration>"))
    assert (person.deceased, person.deregistered) == (deceased, deregistered)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<coOrdinationNumberData><deceasedDate><value>2025</value></deceasedDate></coOrdinationNumberData>", "AV"),
        (SAMORDNING_STATUS.format("identityStatus", "AVREGISTRERAT", "AVLIDEN"), "AV"),
        (SAMORDNING_STATUS.format("identityStatusValue", "AVREGISTRERAT", "ERSATT"), "GS"),
        (SAMORDNING_STATUS.format("identityStatus", "EJ_AKTUELLT", "FELAKTIGT_REGISTERAT"), ""),
        (SAMORDNING_STATUS.format("identityStatus", "VILANDEFORKLARAT", "TIDSFRIST"), None),
        (SAMORDNING_STATUS.format("identityStatus", "AKTIVT", ""), None),
    ],
)
def test_the_end_of_a_samordningsnummer_is_told_in_a_class_of_its_own(inside: str, code: str | None) -> None:
    """P5: nobody is booked who has died, registered or not."""
    digits = "197010632391"
    xml = with_field(inside).replace(ALVA.digits, digits)
    assert read(xml, IdentityNumber(digits)).deregistration_code == code


def test_a_relation_that_does_not_say_which_it_is_makes_the_answer_incomplete() -> None:
    with pytest.raises(RegisterUnavailable) as refused:
        read(changed("<relationshipType>V</relationshipType>", "<relationshipType/>"))
    assert refused.value.code == "register_incomplete"


def linked(digits: str, primary: str) -> str:
    return (
        f"<linkedIdentity><referredPersonalIdentity>{IDENTITY.format(digits)}</referredPersonalIdentity>"
        f"<assuranceLevel>1</assuranceLevel><primaryIdentity>{primary}</primaryIdentity></linkedIdentity>"
    )


def replaced_by(digits: str) -> str:
    return (
        f"<referredPersonalIdentities><referredPersonalIdentity>{IDENTITY.format(digits)}</referredPersonalIdentity>"
        "</referredPersonalIdentities><deregistration><deregistrationReasonCode>GN</deregistrationReasonCode>"
        "</deregistration>"
    )


@pytest.mark.parametrize("xml", [linked(ERIK.digits, "true"), replaced_by(ERIK.digits)])
def test_a_referred_identity_names_the_newer_one(xml: str) -> None:
    assert read(with_field(xml)).referred_to == ERIK


@pytest.mark.parametrize("older", [ERIK.digits, "19810829M071", "991981000010"])
def test_an_older_identity_of_the_same_person_is_no_referral(older: str) -> None:
    """Not even one that only another region can read."""
    assert read(with_field(linked(older, "false"))).referred_to is None


def test_a_record_of_another_identity_than_asked_for_is_a_referral() -> None:
    record = ANSWER.index("<personRecord>")
    followed = ANSWER[:record] + ANSWER[record:].replace(ALVA.digits, ERIK.digits, 1)
    person = read(followed)
    assert (person.number, person.referred_to) == (ALVA, ERIK)


@pytest.mark.parametrize("empty", ["", "<personRecord/>", "<personRecord></personRecord>"])
def test_a_number_without_a_record_or_with_an_empty_one_is_nobody(empty: str) -> None:
    """Rule 1 of the contract speaks of an empty record, and its schema lets it be left out."""
    start, end = ANSWER.index("<personRecord>"), ANSWER.index("</personRecord>") + len("</personRecord>")
    assert records((ANSWER[:start] + empty + ANSWER[end:]).encode(), [ALVA]) == {}


REQUESTED_START, REQUESTED_END = ANSWER.index("<ns2:requestedPersonRecord>"), ANSWER.index("</ns2:GetPersonsForProfile")
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
MALFORMED = {
    "empty": "",
    "no XML": "<html>down",
    "other XML": "<html></html>",
    "no SOAP body": '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"/>',
    "a fault": (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>'
        "<faultcode>soap:Server</faultcode><faultstring>VP009</faultstring></soap:Fault></soap:Body></soap:Envelope>"
    ),
    "another version of the contract": changed("Responder:5", "Responder:3"),
    "no answer": ANSWER[:REQUESTED_START] + ANSWER[REQUESTED_END:],
    "two answers": ANSWER[:REQUESTED_END] + ANSWER[REQUESTED_START:REQUESTED_END] + ANSWER[REQUESTED_END:],
    "another person": changed(ALVA.digits, ERIK.digits),
    "no protection mark": changed("<protectedPersonIndicator>false</protectedPersonIndicator>", ""),
    "an unreadable protection mark": changed("<protectedPersonIndicator>false", "<protectedPersonIndicator>nej"),
    "no name": changed("<givenName>Alva</givenName>", "").replace("<surname>Lindqvist</surname>", "", 1),
    "a guardian with a wrong check digit": changed("199006022397", "199006022398"),
    "no identity": changed(f"<extension>{ALVA.digits}</extension>", "<extension/>").replace(
        "<extension/>", f"<extension>{ALVA.digits}</extension>", 1
    ),
    "a document type": changed("<soap:Envelope", f"{ENTITIES}<soap:Envelope"),
    "an outside entity": changed(
        "<soap:Envelope", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><soap:Envelope'
    ),
    "an unknown encoding": changed('encoding="UTF-8"', 'encoding="x-nonsense"'),
}


@pytest.mark.parametrize("xml", MALFORMED.values(), ids=MALFORMED.keys())
def test_nonsense_is_an_error_and_never_a_person_without_guardians(xml: str) -> None:
    with pytest.raises(RegisterUnavailable) as caught:
        read(xml)
    assert "2016" not in str(caught.value)


@given(st.integers(0, len(ANSWER) - 2))
def test_an_answer_that_is_cut_off_anywhere_is_an_error(length: int) -> None:
    cut = ANSWER.rstrip()[:length]
    with pytest.raises(RegisterUnavailable):
        read(cut)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_in_another_way(body: bytes) -> None:
    with pytest.raises(RegisterUnavailable):
        records(body, [ALVA])

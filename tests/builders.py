"""Valid domain records with defaults, so that a test names only what it is about. Test personnummer are Skatteverket's."""

from datetime import UTC, datetime, timedelta
from itertools import count

from msgspec.structs import replace

from chalicelib.domain.commission import CARE, Commission
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient, PatientGuardian, patient_id
from chalicelib.domain.register import Guardian, RegisterPerson
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Kind, Participant, Status, Visit

ORG = "SE2321000115"
UNIT = "SE2321000115-HUD"
EK = "SE2321000115-E001"
BERG = "SE2321000115-E002"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PATIENT_KEY = b"0123456789abcdef0123456789abcdef"
INTEGRATION_KEY = b"00112233445566778899aabbccddeeff"
LINK_KEY = b"fedcba9876543210fedcba9876543210"
ANNA = "194408139089"
BO = "195711212893"
ALVA = "201605172384"
STINA = "201403142381"
ERIK = "199006022397"
SARA = "199107172380"
_serial = count(1)


def number(digits: str = ANNA) -> IdentityNumber:
    return IdentityNumber.parse(digits, NOW.date())


def an_organisation() -> Organisation:
    return Organisation(org_id=ORG, name="Region Halland", care_provider_hsa_id=ORG, sms_sender="Halland")


def a_unit(unit_id: str = UNIT, name: str = "Hudmottagningen Halmstad") -> Unit:
    return Unit(org_id=ORG, unit_id=unit_id, name=name)


def a_commission(
    unit_id: str = UNIT, purpose: str = CARE, *, care_provider_id: str = ORG, unit_name: str = ""
) -> Commission:
    """As it comes from the identity provider; its id is made of unit and purpose."""
    return Commission(
        commission_id=f"{unit_id}{purpose[0]}",
        name=f"{purpose}, {unit_id}",
        purpose=purpose,
        unit_id=unit_id,
        unit_name=unit_name,
        care_provider_id=care_provider_id,
    )


def a_staff_member(hsa_id: str = EK, given_name: str = "Eva", family_name: str = "Ek") -> StaffMember:
    return StaffMember(
        org_id=ORG,
        hsa_id=hsa_id,
        given_name=given_name,
        family_name=family_name,
        title="Läkare",
        unit_id=UNIT,
        unit_name="Hudmottagningen Halmstad",
    )


def staff(hsa_id: str = EK, given_name: str = "Eva", family_name: str = "Ek", org_id: str = ORG) -> Staff:
    return Staff(
        org_id=org_id,
        unit_id=UNIT,
        unit_name="Hudmottagningen Halmstad",
        hsa_id=hsa_id,
        given_name=given_name,
        family_name=family_name,
    )


def a_register_person(
    digits: str = ANNA,
    *,
    protected: bool = False,
    deceased: bool = False,
    deregistration_code: str | None = None,
    guardians: tuple[Guardian, ...] = (),
) -> RegisterPerson:
    """`protected` by sekretessmarkering; of a protected person the register withholds guardians."""
    return RegisterPerson(
        number=number(digits),
        given_name="Anna",
        family_name="Andersson",
        confidentiality_marked=protected,
        protected_registration=False,
        deregistration_code="AV" if deceased else deregistration_code,
        referred_to=None,
        guardians=() if protected else guardians,
        guardians_withheld=protected,
        fetched_at=NOW,
    )


def a_guardian(digits: str = ANNA, *, protected: bool = False, deceased: bool = False) -> Guardian:
    return Guardian(number(digits), "Anna", "Andersson", protected=protected, deceased=deceased)


def a_patient(digits: str = ANNA, *, protected: bool = False, phone: str = "+46701740605", email: str = "") -> Patient:
    return Patient(
        org_id=ORG,
        patient_id=patient_id(PATIENT_KEY, ORG, digits),
        version=1,
        number=digits,
        given_name="Anna",
        family_name="Andersson",
        protected=protected,
        contact=Contact(phone=phone, email=email),
        created_at=NOW,
        fetched_at=NOW,
    )


def a_patient_guardian(
    digits: str = ERIK,
    name: str = "Erik",
    *,
    protected: bool = False,
    deceased: bool = False,
    phone: str = "+46701740609",
) -> PatientGuardian:
    return PatientGuardian(
        guardian_id=patient_id(PATIENT_KEY, ORG, digits),
        number=digits,
        given_name=name,
        family_name="Lindqvist",
        protected=protected,
        deceased=deceased,
        contact=Contact(phone=phone),
    )


def a_child(
    digits: str = ALVA, *, guardians: tuple[PatientGuardian, ...] | None = None, protected: bool = False
) -> Patient:
    """Alva, 10 years old, whose guardians are Erik and Sara unless said otherwise; she has no phone."""
    both = (a_patient_guardian(), a_patient_guardian(SARA, "Sara", phone="+46701740610"))
    child = a_patient(digits, protected=protected, phone="")
    return replace(
        child, given_name="Alva", family_name="Lindqvist", guardians=both if guardians is None else guardians
    )


def a_visit(
    *, status: Status = Status.BOOKED, starts_at: datetime = NOW, patient: Patient | None = None, **changes: object
) -> Visit:
    """An adult visit owned by Eva Ek, with its patient; `changes` are fields of Visit."""
    who = patient or a_patient()
    visit = Visit(
        visit_id=f"v_test{next(_serial)}",
        version=1,
        org_id=ORG,
        org_name="Region Halland",
        unit_id=UNIT,
        unit_name="Hudmottagningen Halmstad",
        kind=Kind.ADULT,
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        reason="Återbesök",
        owner_hsa_id=EK,
        patient_id=who.patient_id,
        patient_protected=who.protected,
        created_at=NOW,
        participants=(
            Participant(participant_id="p_staff", role="staff", name="Eva Ek", hsa_id=EK),
            Participant(
                participant_id="p_patient", role="patient", name=who.name, contact=who.contact, link_id="l_patient"
            ),
        ),
    )
    return replace(visit, **changes)


def a_guest(participant_id: str = "p_guest", name: str = "Gunilla Gäst") -> Participant:
    return Participant(
        participant_id=participant_id,
        role="guest",
        name=name,
        link_id=f"l_{participant_id}",
        contact=Contact("+46701740606"),
    )

"""The VAS adapter: what VAS says of a booking, in FHIR's places, and whether it becomes a video visit (V1, V2).

Everything that is VAS's own stands here and in docs/integration.md: where in an Appointment each term is, its code, and
the rule. No public interface of VAS is known: the region's integration engine maps its bookings to these places.
"""

from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.fhir import Appointment, CodeableConcept

# Appointment.appointmentType: kontakttyp.
CONTACT_TYPE = "urn:vardrum:vas:kontakttyp"
DISTANCE_VIDEO = "DiVL"
# Appointment.serviceType: schemaaktivitet; its name is the visit's reason.
ACTIVITY = "urn:vardrum:vas:schemaaktivitet"
PARTICIPATION = "Medverkan teambesök"
RELATIVE = "Anhörigsamtal"
# Appointment.extension, valueBoolean: whether the activity is published on 1177. Not said is not published.
PUBLISHED = "urn:vardrum:vas:publicerad-1177"
# Appointment.reasonCode: besöksorsak.
VISIT_REASON = "urn:vardrum:vas:besoksorsak"
ASAM = "ASAM"

Why = Literal["participation", "relative", "not_divl", "not_published", "asam"]
LONGEST_REASON = 200


class VasTerms(Concealed, Struct, frozen=True, kw_only=True):
    """`activity` by code and by name."""

    contact_type: str
    published: bool
    visit_reason: str
    activity: tuple[str, str] = ("", "")


def no_visit(terms: VasTerms) -> Why | None:
    """Why the booking is no video visit; None when it is one.

    It is if and only if the contact type is DiVL, the activity is published and the reason is not ASAM (V2). Taking part
    in another's team visit makes no second one, and a relative's conversation is booked by hand (B7).
    """
    if _same(PARTICIPATION, *terms.activity):
        return "participation"
    if _same(RELATIVE, *terms.activity):
        return "relative"
    if not _same(DISTANCE_VIDEO, terms.contact_type):
        return "not_divl"
    if not terms.published:
        return "not_published"
    return "asam" if _same(ASAM, terms.visit_reason) else None


def terms_of(appointment: Appointment) -> VasTerms:
    """What VAS says; what it does not say is empty, and then there is no visit."""
    published = [each.value_boolean for each in appointment.extension if each.url == PUBLISHED]
    kinds = (appointment.appointment_type,) if appointment.appointment_type else ()
    return VasTerms(
        contact_type=_code(kinds, CONTACT_TYPE),
        published=published == [True],
        visit_reason=_code(appointment.reason_code, VISIT_REASON),
        activity=(_code(appointment.service_type, ACTIVITY), reason_of(appointment)),
    )


def reason_of(appointment: Appointment) -> str:
    """The visit's reason (sökorsak) for staff: the activity's name; never told to anyone by SMS or e-mail."""
    for concept in appointment.service_type:
        names = (each.display for each in concept.coding if each.system == ACTIVITY)
        name = concept.text or next((name for name in names if name), "")
        if name.strip():
            return name.strip()[:LONGEST_REASON]
    return ""


def _code(concepts: tuple[CodeableConcept, ...], system: str) -> str:
    """The first code of that system."""
    codings = (coding for concept in concepts for coding in concept.coding if coding.system == system)
    return next((coding.code.strip() for coding in codings if coding.code), "")


def _same(term: str, *given: str) -> bool:
    """Whatever their letters' case."""
    return term.casefold() in {each.strip().casefold() for each in given}

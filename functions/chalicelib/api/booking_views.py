"""A booking as the API takes it, and what it would send."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.api.schemas import visits as schemas
from chalicelib.domain import email as email_address
from chalicelib.domain import phone as phone_number
from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.display_name import display_name
from chalicelib.domain.gsm7 import segments
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_texts import LINK, with_eids
from chalicelib.domain.places import Guest
from chalicelib.domain.relations import Relation
from chalicelib.domain.series import Repeat
from chalicelib.domain.visit import Contact, Form, Kind, Visit
from chalicelib.errors import BadInput
from chalicelib.services.book_visit import Preview
from chalicelib.services.find_overlaps import Overlap
from chalicelib.settings import Settings

# As long as a real token, so that the number of segments is the one that is sent.
_SAMPLE_TOKEN = "x" * 27


def booking_of(body: schemas.BookVisit) -> Booking:
    """Raises BadInput (`invalid_name`, `invalid_phone`, `invalid_email`, `guest_contact_missing`)."""
    return Booking(
        request_id=body.request_id,
        kind=Kind(body.kind),
        starts_at=body.starts_at,
        duration_minutes=body.duration_minutes,
        reason=body.reason.strip(),
        form=Form(body.form),
        patients=tuple(_patient(patient) for patient in body.patients),
        staff=tuple(body.staff),
        start_now=body.start_now,
        repeat=Repeat(every_weeks=body.repeat.every_weeks, count=body.repeat.count) if body.repeat else None,
        guests=tuple(guest_of(guest) for guest in body.guests),
        relations=relations_of(body.relations),
    )


def relations_of(choices: Sequence[schemas.RelationChoice]) -> tuple[Relation, ...]:
    return tuple(
        Relation(guardian_id=each.guardian_id, ombud=each.ombud, primary_contact=each.primary_contact)
        for each in choices
    )


def booking_preview(preview: Preview, settings: Settings) -> schemas.BookingPreview:
    """Of a repeated booking the first one's messages, and what overlaps with any of them."""
    first, *others = preview.visits
    told = preview_view(first, preview.messages, settings)
    series = [schemas.PlannedVisit(visit.starts_at) for visit in preview.visits] if others else []
    return replace(told, overlaps=overlap_views(preview.overlaps), series=series)


def preview_view(visit: Visit, messages: Sequence[OutboxMessage], settings: Settings) -> schemas.BookingPreview:
    return schemas.BookingPreview([_preview(visit, message, settings) for message in messages])


def overlap_views(overlaps: Sequence[Overlap]) -> list[schemas.Overlap]:
    return [schemas.Overlap(each.hsa_id, each.name, each.starts_at, each.ends_at) for each in overlaps]


def guest_of(guest: schemas.NewGuest) -> Guest:
    """Raises BadInput (`invalid_name`, `invalid_phone`, `invalid_email`, `guest_contact_missing`)."""
    if not guest.phone.strip() and not guest.email.strip():
        raise BadInput("a guest needs a phone number or an e-mail", code="guest_contact_missing", field="guests")
    phone = phone_number.normalise(guest.phone) if guest.phone.strip() else ""
    email = email_address.normalise(guest.email) if guest.email.strip() else ""
    return Guest(name=display_name(guest.name, "guests"), contact=Contact(phone=phone, email=email), kind=guest.kind)


def _patient(patient: schemas.BookedPatient) -> BookedPatient:
    """Raises BadInput (`invalid_name`)."""
    name = display_name(patient.display_name, "patients") if patient.display_name.strip() else ""
    return BookedPatient(patient_id=patient.patient_id, display_name=name, language=patient.language)


def _preview(visit: Visit, message: OutboxMessage, settings: Settings) -> schemas.MessagePreview:
    person = visit.participant(message.participant_id)
    text = with_eids(message.text, settings.eid_providers)
    sent, shown = (text.replace(LINK, f"{settings.public_url}/b#{token}") for token in (_SAMPLE_TOKEN, "…"))
    return schemas.MessagePreview(
        name=person.name,
        role=person.role,
        channel="sms" if message.channel == "sms" else "email",
        text=shown,
        segments=segments(sent) if message.channel == "sms" else 1,
    )

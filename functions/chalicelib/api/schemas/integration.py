"""Bookings of another system: those that wait for the patient's details (V3), and every message that came in (V1)."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.visits import RelationChoice
from chalicelib.concealed import Concealed

Missing = Literal["unknown_patient", "contact", "ombud", "not_bookable"]
Outcome = Literal["created", "updated", "cancelled", "pending", "ignored", "unchanged", "rejected"]


class PendingBooking(Concealed, Struct, frozen=True, kw_only=True):
    """A booking under **Väntar på patientuppgifter**. `name` is empty, and `patient_id` null, for an unknown patient; a
    protected one's name is empty too. `missing`: what it waits for."""

    booking_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    missing: Missing
    number_masked: str
    patient_id: str | None
    name: str
    protected: bool


class PendingBookings(Concealed, Struct, frozen=True, kw_only=True):
    """Mine, in order of time."""

    bookings: list[PendingBooking]


class CompleteBooking(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`relations`: the child's ombud and primary contact, as in a booking; empty for who needs none."""

    relations: Annotated[list[RelationChoice], Meta(max_length=10)] = []


class SearchMessages(Concealed, Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Swedish days, both included, at most 31; today where none is given. `external_id`: one booking's, as the other
    system names it."""

    from_day: date | None = None
    to_day: date | None = None
    outcome: Outcome | None = None
    external_id: Annotated[str, Meta(max_length=200)] = ""


class MessageSummary(Concealed, Struct, frozen=True, kw_only=True):
    """`system`: who delivered it. `why`: the code of what was decided or refused, which the pages put into words."""

    message_id: str
    received_at: datetime
    system: str
    operation: Literal["create", "update", "replay"]
    external_id: str
    outcome: Outcome
    why: str
    visit_id: str | None


class Messages(Concealed, Struct, frozen=True, kw_only=True):
    """Newest first. `more`: there are older ones within the days asked for; ask for fewer days."""

    messages: list[MessageSummary]
    more: bool


class WholeMessage(Concealed, Struct, frozen=True, kw_only=True):
    """`body`: word for word as received, shown on purpose and logged. `replay_of`: the message that this one repeats."""

    summary: MessageSummary
    body: str
    replay_of: str | None

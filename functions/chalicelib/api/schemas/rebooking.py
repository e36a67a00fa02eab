"""Omboka and Avboka (B9)."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.schemas.visits import HsaId, Kind, MessagePreview, RelationChoice
from chalicelib.concealed import Concealed

Sequence = Annotated[int, Meta(ge=0, le=1_000_000)]


class RescheduleVisit(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`sequence`: that of the visit as the page showed it; another answers 409 `booking_changed`. Null stays as it is.

    `kind` where the patient's age on the new day makes the visit another one. `relations` only to change them with it.
    """

    sequence: Sequence
    starts_at: Annotated[datetime, Meta(tz=True)]
    duration_minutes: Annotated[int, Meta(ge=5, le=480)]
    reason: Annotated[str, Meta(max_length=200)] | None = None
    owner_hsa_id: HsaId | None = None
    kind: Kind | None = None
    relations: Annotated[list[RelationChoice], Meta(max_length=10)] = []


class CancelVisit(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`reason` is for staff; nobody outside the clinic is told it."""

    sequence: Sequence
    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class CancellationPreview(Concealed, Struct, frozen=True):
    messages: list[MessagePreview]

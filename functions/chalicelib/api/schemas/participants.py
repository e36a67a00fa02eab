"""Redigera deltagare (G1, G3, G4)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.schemas.visits import HsaId, NewGuest
from chalicelib.concealed import Concealed


class AddParticipants(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`request_id` is made when the form opens: the same one adds once, however often it is sent.

    `staff` are added as Sjukvårdspersonal, `colleagues` as gäst i besöket; either log in as staff.
    """

    request_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]
    guests: Annotated[list[NewGuest], Meta(max_length=10)] = []
    staff: Annotated[list[HsaId], Meta(max_length=20)] = []
    colleagues: Annotated[list[HsaId], Meta(max_length=20)] = []


class InviteAgain(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """Where the invitation is to go. `request_id` is made when the form opens: the same one invites once.

    `invited_again` and `patient_version` are those that the writer saw: when either has changed the answer is 409
    `changed_meanwhile`. A guest has no `patient_version`; an ombud's is the child's.
    """

    request_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]
    invited_again: Annotated[int, Meta(ge=0, le=100)]
    phone: Annotated[str, Meta(max_length=40)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    patient_version: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class Interpreter(Concealed, Struct, frozen=True):
    """Whom **Lägg till tolk** fills in."""

    given_name: str
    family_name: str
    email: str

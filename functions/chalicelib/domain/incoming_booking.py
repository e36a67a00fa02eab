"""One delivery of another system's booking, in the domain's words (V1)."""

from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.imported_booking import SourceVersion, Wanted

# `visit`: there is to be one as `wanted`; `none`: none is to be, and one that is there is cancelled; `keep`: the other
# system tells how the visit went, of which this one keeps its own account.
Intent = Literal["visit", "none", "keep"]


class IncomingBooking(Concealed, Struct, frozen=True, kw_only=True):
    """`number`: the patient's whole identity number; "" where the patient is named by our own id. `cancelled`: told so by
    the other system, whatever kind of booking it is. `why`: the code for there being no visit.
    """

    booking_id: str
    external_id: str
    external_system: str
    source: SourceVersion
    intent: Intent
    why: str = ""
    cancelled: bool = False
    wanted: Wanted | None = None
    number: str = ""


def is_newer(new: SourceVersion, known: SourceVersion) -> bool | None:
    """Whether a delivery tells more than what is known; None when the two cannot be compared.

    By the number where both have one, else by the time.
    """
    if new.number is not None and known.number is not None:
        return new.number > known.number
    if new.updated_at is not None and known.updated_at is not None:
        return new.updated_at > known.updated_at
    return None

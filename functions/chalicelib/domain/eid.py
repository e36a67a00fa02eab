"""An e-identification under way, by whichever provider (G6)."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber

EidProvider = Literal["bankid", "freja"]
# What a provider would say of an order that it has just started.
FIRST_HINT: dict[EidProvider, str] = {"bankid": "outstandingTransaction", "freja": "STARTED"}


@dataclass(frozen=True, slots=True, repr=False)
class EidRequest(Concealed):
    """Whose e-ID is asked for. `number`: the one person who can complete the order; `end_user_ip` as the edge saw it.

    `purpose`: what the person reads in the app, where the provider shows it. `return_url`: where the app goes when it was
    started on the device of the page; empty where it steps aside by itself.
    """

    number: IdentityNumber
    end_user_ip: str
    purpose: str = ""
    return_url: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class EidOrder(Concealed):
    """A started order. `qr_start_secret` never leaves the server; `started_at` is epoch seconds.

    `auto_start_token` opens the app with the order on the same device. Without `qr_start_token` there is nothing to scan:
    the provider tells the person's app itself.
    """

    order_ref: str
    auto_start_token: str
    qr_start_token: str
    qr_start_secret: str
    started_at: float
    provider: EidProvider = "bankid"


@dataclass(frozen=True, slots=True, repr=False)
class EidResult(Concealed):
    """One collect. `hint_code` as the provider spells it; `number` only when complete."""

    status: Literal["pending", "failed", "complete"]
    hint_code: str
    number: IdentityNumber | None = None

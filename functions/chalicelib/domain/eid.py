"""An e-identification under way, whoever provides it (BankID first)."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber


@dataclass(frozen=True, slots=True, repr=False)
class EidOrder(Concealed):
    """A started order. `qr_start_secret` never leaves the server; `started_at` is epoch seconds."""

    order_ref: str
    auto_start_token: str
    qr_start_token: str
    qr_start_secret: str
    started_at: float


@dataclass(frozen=True, slots=True, repr=False)
class EidResult(Concealed):
    """One collect. `hint_code` as the provider spells it; `number` only when complete."""

    status: Literal["pending", "failed", "complete"]
    hint_code: str
    number: IdentityNumber | None = None

"""Another system that may deliver bookings, and how it shows who it is (V5)."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed

Scope = Literal[
    "system/Appointment.read",
    "system/Appointment.write",
    "system/Patient.read",
    "system/Practitioner.read",
]
SCOPES: tuple[Scope, ...] = (
    "system/Appointment.read",
    "system/Appointment.write",
    "system/Patient.read",
    "system/Practitioner.read",
)


class IntegrationClient(Concealed, Struct, frozen=True, kw_only=True):
    """`secret_hash` (`ids.secret_hash`) for `client_secret_basic`, `public_keys` (PEM by key id) for `private_key_jwt`;
    either may be empty. `certificate`: the only one it may come with, as `x5t#S256` (RFC 8705 3.1); "" for any or none.
    """

    client_id: str
    org_id: str
    name: str
    created_at: datetime
    secret_hash: str = ""
    public_keys: dict[str, str] = {}
    certificate: str = ""
    scopes: tuple[Scope, ...] = SCOPES
    disabled: bool = False

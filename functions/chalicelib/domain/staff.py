"""Someone of the staff, logged in."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.concealed import Concealed

StaffRole = Literal["clinician", "admin", "support"]


@dataclass(frozen=True, slots=True, repr=False)
class Staff(Concealed):
    """Who is asking, in every staff use case: taken from the session, never from the request.

    `roles` in the organisation: `support` reads what is no patient's, `admin` also the access log.
    """

    org_id: str
    unit_id: str
    unit_name: str
    hsa_id: str
    given_name: str
    family_name: str
    title: str = ""
    assignment: str = ""
    roles: tuple[StaffRole, ...] = ("clinician",)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

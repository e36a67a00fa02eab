"""What stands in an element of a population register record, read strictly.

Every element is of the namespace of the `strategicresourcemanagement:persons:person` domain, version 5; an element of
another namespace is as good as none.
"""

from typing import TYPE_CHECKING, Final

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber, RegisterUnavailable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PERSON: Final = "urn:riv:strategicresourcemanagement:persons:person:5"


def text(parent: "Element", path: str) -> str:
    """The stripped text at the path, "" when there is none."""
    found = find(parent, path)
    return (found.text or "").strip() if found is not None else ""


def boolean(parent: "Element", path: str) -> bool | None:
    """XML Schema's boolean; None when absent. Raises RegisterUnavailable for anything else."""
    written = text(parent, path)
    if written not in {"", "true", "1", "false", "0"}:
        raise RegisterUnavailable("the register's record holds neither true nor false")
    return written in {"true", "1"} if written else None


def identity(parent: "Element", path: str) -> IdentityNumber | None:
    """None when there is none; RegisterUnavailable when there is something that is no identity number."""
    written = text(parent, f"{path}/extension")
    if not written:
        return None
    try:
        return IdentityNumber(written)
    except InvalidIdentityNumber:
        raise RegisterUnavailable("the register's record holds no valid identity number") from None


def find(parent: "Element", path: str) -> "Element | None":
    return parent.find(_qualified(path))


def find_all(parent: "Element", path: str) -> list["Element"]:
    return parent.findall(_qualified(path))


def _qualified(path: str) -> str:
    return "/".join(f"{{{PERSON}}}{step}" for step in path.split("/"))

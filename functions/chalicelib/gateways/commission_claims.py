"""Commissions as Inera's IdP gives them (its attribute list 2.7, `allCommissions` and the `commission*` claims).

Asked for `allCommissions` and for no single `commission*` claim, the IdP lets the person choose none itself and gives all
of them. The list is documented without its form on the wire, so both a JSON array and a text that holds one are read.
"""

from typing import Any, Final

import msgspec

from chalicelib.domain.commission import MOST_COMMISSIONS, Commission
from chalicelib.errors import StaleLogin
from chalicelib.gateways.hsa import is_hsa_id

_LONGEST_TEXT: Final = 200


def commissions_of(claims: dict[str, Any]) -> tuple[Commission, ...]:
    """All that are whole; of a provider that made the choice itself, that one. Raises StaleLogin for another form."""
    listed = claims.get("allCommissions", [claims] if "commissionHsaId" in claims else [])
    try:
        given = msgspec.json.decode(listed) if isinstance(listed, str) else listed
    except msgspec.DecodeError:
        given = None
    if not isinstance(given, list) or len(given) > MOST_COMMISSIONS:
        raise StaleLogin("the token's commissions are not as agreed")
    read = (_commission(each) for each in given if isinstance(each, dict))
    return tuple(commission for commission in read if commission is not None)


def _commission(claims: dict[str, Any]) -> Commission | None:
    """One without a care unit is for another service than this."""
    ids = [claims.get(name) for name in ("commissionHsaId", "healthCareUnitHsaId", "healthCareProviderHsaId")]
    words = [claims.get(name) for name in ("commissionName", "commissionPurpose")]
    if not all(is_hsa_id(each) for each in ids) or not all(_is_text(each) for each in words):
        return None
    return Commission(
        commission_id=str(ids[0]),
        name=str(words[0]),
        purpose=str(words[1]),
        unit_id=str(ids[1]),
        unit_name="",
        care_provider_id=str(ids[2]),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_TEXT

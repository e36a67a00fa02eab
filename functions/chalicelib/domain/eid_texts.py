"""Which text the user reads while an e-ID order runs, and when it has failed."""

from typing import Literal

from chalicelib.domain.bankid_texts import TextId, text_id
from chalicelib.domain.eid import EidProvider
from chalicelib.domain.freja_texts import FrejaTextId, freja_text_id


def eid_text_id(
    provider: EidProvider,
    status: Literal["pending", "failed"],
    hint_code: str,
    *,
    same_device: bool,
    computer: bool,
) -> TextId | FrejaTextId:
    """The id of the text in the provider's own words. The devices matter to BankID's alone."""
    if provider == "freja":
        return freja_text_id(status, hint_code)
    return text_id(status, hint_code, same_device=same_device, computer=computer)

"""Which of BankID's recommended user texts fits (RP API v6.0, "Recommended user messages").

Only the id leaves the server; the texts themselves are the web's, in each of its languages.
"""

from typing import Literal

RfaId = Literal[
    "RFA1",
    "RFA3",
    "RFA6",
    "RFA8",
    "RFA9",
    "RFA13",
    "RFA14",
    "RFA15",
    "RFA16",
    "RFA17A",
    "RFA17B",
    "RFA21",
    "RFA22",
    "RFA23",
]

_PENDING: dict[str, RfaId] = {"userSign": "RFA9", "userMrtd": "RFA23", "processing": "RFA21"}
_PENDING_SAME_DEVICE: dict[str, RfaId] = {"outstandingTransaction": "RFA13", "started": "RFA15"}
_PENDING_OTHER_DEVICE: dict[str, RfaId] = {"outstandingTransaction": "RFA1", "started": "RFA14"}
_FAILED: dict[str, RfaId] = {
    "expiredTransaction": "RFA8",
    "certificateErr": "RFA16",
    "userCancel": "RFA6",
    "cancelled": "RFA3",
}


def text_id(status: Literal["pending", "failed"], hint_code: str, *, same_device: bool) -> RfaId:
    """The text for one collect. `same_device`: started through the autostart token, not by scanning the QR code.

    A hint code that BankID adds one day is "in progress" (RFA21) or "unknown error" (RFA22), as it prescribes.
    """
    if status == "pending":
        by_device = _PENDING_SAME_DEVICE if same_device else _PENDING_OTHER_DEVICE
        return _PENDING.get(hint_code) or by_device.get(hint_code, "RFA21")
    if hint_code == "startFailed":
        return "RFA17A" if same_device else "RFA17B"
    return _FAILED.get(hint_code, "RFA22")

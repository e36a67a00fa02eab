"""Which of BankID's recommended user texts fits (RP API v6.0, "Recommended user messages" and "Hint codes").

Only the id leaves the server; the texts themselves are the web's, in each of its languages. Two hint codes have no text
of BankID's, and get ours: `UPDATE_APP` and `RISK_BLOCKED`. The whole table, with what it was read from, is
tests/contracts/bankid_texts.json.
"""

from typing import Literal

TextId = Literal[
    "RFA1",
    "RFA3",
    "RFA6",
    "RFA8",
    "RFA9",
    "RFA13",
    "RFA15A",
    "RFA15B",
    "RFA16",
    "RFA17A",
    "RFA17B",
    "RFA21",
    "RFA22",
    "RFA23",
    "UPDATE_APP",
    "RISK_BLOCKED",
]
ProblemCode = Literal["eid_already_in_progress", "eid_unavailable", "eid_refused"]

_PENDING: dict[str, TextId] = {
    "noClient": "RFA1",
    "userMrtd": "RFA23",
    "userCallConfirm": "RFA21",
    "userSign": "RFA9",
    "processing": "RFA21",
}
_FAILED: dict[str, TextId] = {
    "expiredTransaction": "RFA8",
    "certificateErr": "RFA16",
    "userCancel": "RFA6",
    "cancelled": "RFA3",
    "userDeclinedCall": "RFA6",
    "notSupportedByUserApp": "UPDATE_APP",
    "transactionRiskBlocked": "RISK_BLOCKED",
}
# RFA4, and RFA5 for what another try may mend. The rest is a fault of ours, which BankID's texts must not be used for.
_ERRORS: dict[str, ProblemCode] = {
    "alreadyInProgress": "eid_already_in_progress",
    "requestTimeout": "eid_unavailable",
    "internalError": "eid_unavailable",
    "maintenance": "eid_unavailable",
}


def text_id(
    status: Literal["pending", "failed"], hint_code: str, *, same_device: bool, computer: bool = False
) -> TextId:
    """The text for one collect. `same_device`: started through the autostart token, not by scanning the QR code.
    `computer`: the page is on one, not on a phone or tablet.

    A hint code that BankID adds one day is "in progress" (RFA21) or "unknown error" (RFA22), as it prescribes.
    """
    match status, hint_code:
        case "pending", "outstandingTransaction":
            return "RFA13" if same_device else "RFA1"
        case "pending", "started":
            return "RFA15A" if computer else "RFA15B"
        case "pending", _:
            return _PENDING.get(hint_code, "RFA21")
        case _, "startFailed":
            return "RFA17A" if same_device else "RFA17B"
        case _:
            return _FAILED.get(hint_code, "RFA22")


def problem_code(error_code: str) -> ProblemCode:
    """What a refused request (RP API v6.0, "Errors") is to the user; an error code of tomorrow is ours too."""
    return _ERRORS.get(error_code, "eid_refused")

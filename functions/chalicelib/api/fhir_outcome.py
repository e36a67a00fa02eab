"""What went wrong, as FHIR says it: an OperationOutcome for every refusal (hl7.org/fhir/R4/operationoutcome.html)."""

from http import HTTPStatus

import msgspec

from chalicelib.api.endpoint import Whole
from chalicelib.domain import fhir
from chalicelib.errors import VardrumError

MEDIA_TYPE = "application/fhir+json"
INFORMATIONAL = "informational"
CODES = "urn:vardrum:code"
_BY_STATUS = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    409: "conflict",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "business-rule",
    429: "throttled",
    500: "exception",
    503: "transient",
}
_BY_CODE = {
    "bad_input": "structure",
    "not_json": "structure",
    "not_supported": "not-supported",
    "insufficient_scope": "forbidden",
    "invalid_identity_number": "value",
    "invalid_duration": "value",
    "invalid_time": "value",
    "identifier_is_number": "value",
    "id_mismatch": "value",
    "unknown_patient": "not-found",
    "unknown_staff": "not-found",
}


def refusal(error: VardrumError) -> Whole:
    """The error's fixed sentence and stable code, and where it is; nothing of the input."""
    issue = fhir.Issue(
        severity="error",
        code=_issue_type(error),
        details=_details(error.code, str(error)),
        expression=(error.field,) if error.field else (),
    )
    return outcome(error.status, issue, _challenge(error))


def information(code: str, text: str, status: int, headers: dict[str, str]) -> Whole:
    """What became of a message, for who prefers to be told so (`Prefer: return=OperationOutcome`)."""
    issue = fhir.Issue(severity="information", code=INFORMATIONAL, details=_details(code, text))
    return outcome(status, issue, headers)


def outcome(status: int, issue: fhir.Issue, headers: dict[str, str]) -> Whole:
    return Whole(MEDIA_TYPE, msgspec.json.encode(fhir.OperationOutcome(issue=(issue,))), status, headers)


def _issue_type(error: VardrumError) -> str:
    """Of the value set IssueType."""
    if error.code.endswith("_missing"):
        return "required"
    return _BY_CODE.get(error.code, _BY_STATUS.get(error.status, "processing"))


def _details(code: str, text: str) -> fhir.CodeableConcept:
    return fhir.CodeableConcept(coding=(fhir.Coding(system=CODES, code=code),), text=text)


def _challenge(error: VardrumError) -> dict[str, str]:
    """RFC 6750 3."""
    if error.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="vardrum", error="invalid_token"'}
    if error.code == "insufficient_scope":
        return {"WWW-Authenticate": 'Bearer realm="vardrum", error="insufficient_scope"'}
    return {"Retry-After": "60"} if error.status in {429, 503} else {}

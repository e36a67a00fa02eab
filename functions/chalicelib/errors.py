"""Every error the control plane raises on purpose, drawn as one tree.

    VardrumError
    |- BadInput                 400  the request is not understood; `field` says where
    |  `- InvalidIdentityNumber      wrong form or check digit (P1)
    |- NotLoggedIn              401  no session, or it has ended
    |  `- StaleLogin                 the login answer belongs to no login that was started here
    |- CsrfRejected             403  a state change without the session's own proof
    |- NotAllowed               403  who they are is known, and they may not
    |  `- WrongPerson                someone else's e-ID on a personal link (G6)
    |- NotFound                 404  not there, or not yours: never told apart
    |- Conflict                 409  what is there forbids it; `code` says what
    |- LinkDead                 410  an expired, cancelled or ended link (G5); `code` says which
    |- PreconditionFailed       412  not the version that it was to change (RFC 9110 13.1.1)
    |- BodyTooLarge             413
    |- UnsupportedMediaType     415
    |- Unprocessable            422  understood, and cannot be meant; `field` says where
    |- TooManyAttempts          429
    `- Unavailable              503  another party does not answer; worth another try
       |- RegisterUnavailable        the population register (P5)
       |- EidUnavailable             BankID
       |- IdpUnavailable             the staff identity provider
       |- Throttled                  a carrier that takes no more just now: no fault of the message
       `- NoMediaNode                no media node is alive

Messages are fixed sentences for operators; the edge puts the user's words beside `code`. Nothing personal goes into one.
"""

from dataclasses import dataclass


class VardrumError(Exception):
    """Root of all errors raised on purpose. `code` is stable and is what the UI translates."""

    status = 500
    code = "internal"

    def __init__(self, message: str = "", *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message or self.code)
        self.code = code or type(self).code
        self.field = field


class BadInput(VardrumError):
    status, code = 400, "bad_input"


class InvalidIdentityNumber(BadInput):
    code = "invalid_identity_number"


class NotLoggedIn(VardrumError):
    status, code = 401, "not_logged_in"


class StaleLogin(NotLoggedIn):
    code = "stale_login"


class CsrfRejected(VardrumError):
    status, code = 403, "csrf_rejected"


class NotAllowed(VardrumError):
    status, code = 403, "not_allowed"


class WrongPerson(NotAllowed):
    code = "wrong_person"


class NotFound(VardrumError):
    status, code = 404, "not_found"


class Conflict(VardrumError):
    status, code = 409, "conflict"


@dataclass(frozen=True, slots=True)
class LinkSender:
    """The organisation that sent a link, and its number to call; `form` of the visit is `domain.visit.Form`'s word and `role`
    its reader's, for what the visit is called to them."""

    name: str
    phone: str
    form: str
    role: str


class LinkDead(VardrumError):
    """`sender`: for who opens a dead link to know whom to call; None where the page knows already."""

    status, code = 410, "link_ended"

    def __init__(self, message: str, *, code: str, sender: LinkSender | None = None) -> None:
        super().__init__(message, code=code)
        self.sender = sender


class PreconditionFailed(VardrumError):
    status, code = 412, "precondition_failed"


class BodyTooLarge(VardrumError):
    status, code = 413, "body_too_large"


class UnsupportedMediaType(VardrumError):
    status, code = 415, "unsupported_media_type"


class Unprocessable(VardrumError):
    status, code = 422, "unprocessable"


class TooManyAttempts(VardrumError):
    status, code = 429, "too_many_attempts"


class Unavailable(VardrumError):
    status, code = 503, "unavailable"


class RegisterUnavailable(Unavailable):
    code = "register_unavailable"


class EidUnavailable(Unavailable):
    code = "eid_unavailable"


class IdpUnavailable(Unavailable):
    code = "idp_unavailable"


class Throttled(Unavailable):
    code = "throttled"


class NoMediaNode(Unavailable):
    code = "no_media_node"

"""The errors of the media server.

MediaServerError
  SettingsInvalid         an environment variable cannot be used
  TokenRefused            a join or control token is not accepted; `reason` names why
  JoinRefused             a good token cannot be used any more; `close_code` goes to the client
  FleetUnreadable         the fleet table cannot be read
  OwnerUnreachable        the node that owns a call cannot be reached
  RequestError            a signalling request is answered with an error; `code` goes to the client
    BadRequest              shape or value
    Forbidden               the permission is missing
    NotFound                no such id
    Conflict                wrong state
    TooMany                 a bound was reached
"""


class MediaServerError(Exception):
    """Base of all errors of the media server."""


class SettingsInvalid(MediaServerError):
    """An environment variable is missing or has a value that cannot be used."""


class TokenRefused(MediaServerError):
    """A token is not accepted. `reason` is a fixed word for counters, never a part of the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"token refused: {reason}")
        self.reason = reason


class JoinRefused(MediaServerError):
    """The call is over, or the person was removed from it. `reason` is a fixed word for counters."""

    def __init__(self, reason: str, close_code: int) -> None:
        super().__init__(f"join refused: {reason}")
        self.reason = reason
        self.close_code = close_code


class FleetUnreadable(MediaServerError):
    """The table of nodes and calls does not answer."""


class OwnerUnreachable(MediaServerError):
    """The node that owns the call is unknown or does not answer."""


class RequestError(MediaServerError):
    """A signalling request that is answered with an error and changes nothing."""

    code = "bad_request"


class BadRequest(RequestError):
    """The request has the wrong shape or a value that cannot be used."""


class Forbidden(RequestError):
    """The participant lacks the permission."""

    code = "forbidden"


class NotFound(RequestError):
    """There is nothing with that id for this participant."""

    code = "not_found"


class Conflict(RequestError):
    """The request does not fit the present state."""

    code = "conflict"


class TooMany(RequestError):
    """A bound was reached."""

    code = "too_many"

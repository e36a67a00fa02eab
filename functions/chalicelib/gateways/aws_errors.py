"""What the errors of SNS and SES mean for a message: try again, or never."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.errors import BadInput, Unavailable

_NEVER = frozenset(
    {
        "InvalidParameter",
        "InvalidParameterValue",
        "ParameterValueInvalid",
        "OptedOut",
        "ValidationException",
        "ValidationError",
        "BadRequestException",
        "MessageRejected",
    }
)


@contextmanager
def sending_errors() -> Iterator[None]:
    """Raises Unavailable (throttled, down, not allowed yet, out of quota) or BadInput (`message_refused`).

    AWS's own messages repeat numbers and addresses, so they are dropped.
    """
    from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError  # noqa: PLC0415  cold start

    try:
        yield
    except ParamValidationError:
        raise BadInput("the provider's client refuses the message", code="message_refused") from None
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _NEVER:
            raise BadInput("the provider refuses the message", code="message_refused") from None
        raise Unavailable("the provider did not take the message") from None
    except BotoCoreError:
        raise Unavailable("the provider does not answer") from None

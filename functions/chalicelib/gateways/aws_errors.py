"""What the errors of SNS and SES mean for a message: try again, or never."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.errors import BadInput, Throttled, Unavailable

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
# More than the account may send in a second, or in a day. SNS says the first two, SESv2 the others.
_LATER = frozenset(
    {
        "Throttling",
        "ThrottledException",
        "ThrottlingException",
        "RequestThrottled",
        "RequestThrottledException",
        "TooManyRequestsException",
        "LimitExceededException",
    }
)


@contextmanager
def sending_errors() -> Iterator[None]:
    """Raises Throttled, Unavailable (down, not allowed yet) or BadInput (`message_refused`).

    AWS's own messages repeat numbers and addresses, so they are dropped.
    """
    from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError  # noqa: PLC0415  cold start

    try:
        yield
    except ParamValidationError:
        raise BadInput("the provider's client refuses the message", code="message_refused") from None
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        if code in _NEVER:
            raise BadInput("the provider refuses the message", code="message_refused") from None
        if code in _LATER:
            raise Throttled("the provider takes no more just now") from None
        raise Unavailable("the provider did not take the message") from None
    except BotoCoreError:
        raise Unavailable("the provider does not answer") from None

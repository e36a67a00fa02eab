"""Mobile numbers as people write them, to E.164 (P4, ITU-T E.164)."""

import re

from chalicelib.errors import BadInput

_LONGEST_INPUT = 40
_WRITTEN = re.compile(r"\+?[0-9 ()\-./\u00a0\u2011\u2013]+")


def normalise(text: str) -> str:
    """`070-174 06 05` -> `+46701740605`; a number of another country needs its `+` or `00`.

    Only numbers that can receive an SMS: a landline or a paid number is refused. Raises BadInput (`invalid_phone`).
    """
    import phonenumbers  # noqa: PLC0415  its tables are heavy, and most requests carry no phone number

    if len(text) > _LONGEST_INPUT or not _WRITTEN.fullmatch(text.strip()):
        raise _invalid()
    try:
        number = phonenumbers.parse(text.strip(), "SE")
    except phonenumbers.NumberParseException:
        raise _invalid() from None  # the library's message repeats the number
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in mobile:
        raise _invalid()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _invalid() -> BadInput:
    return BadInput("not a mobile number", code="invalid_phone", field="phone")

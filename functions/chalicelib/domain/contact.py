"""A phone number and an e-mail address as staff write them (P4)."""

from chalicelib.domain import email as email_address
from chalicelib.domain import phone as phone_number
from chalicelib.domain.visit import Contact


def required_contact(phone: str, email: str) -> Contact:
    """A mobile number in E.164 and an optional e-mail address. Raises BadInput (`invalid_phone`, `invalid_email`)."""
    return Contact(phone=phone_number.normalise(phone), email=_email(email))


def optional_contact(phone: str, email: str) -> Contact:
    """As `required_contact`, but the number may be left out as well."""
    return required_contact(phone, email) if phone.strip() else Contact(email=_email(email))


def _email(text: str) -> str:
    return email_address.normalise(text) if text.strip() else ""

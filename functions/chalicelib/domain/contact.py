"""A phone number and an e-mail address as staff write them (P4)."""

from chalicelib.domain import email as email_address
from chalicelib.domain import phone as phone_number
from chalicelib.domain.visit import Contact
from chalicelib.errors import BadInput


def required_contact(phone: str, email: str) -> Contact:
    """A mobile number in E.164 and an optional e-mail address. Raises BadInput (`invalid_phone`, `invalid_email`)."""
    return Contact(phone=phone_number.normalise(phone), email=_email(email))


def optional_contact(phone: str, email: str) -> Contact:
    """As `required_contact`, but the number may be left out as well."""
    return required_contact(phone, email) if phone.strip() else Contact(email=_email(email))


def either_contact(phone: str, email: str) -> Contact:
    """A mobile number or an e-mail address, whichever there is, of a relative (B7).

    Raises BadInput (`invalid_phone`, `invalid_email`, `patient_contact_missing`).
    """
    contact = optional_contact(phone, email)
    if not contact.phone and not contact.email:
        raise BadInput("neither a phone number nor an e-mail", code="patient_contact_missing", field="phone")
    return contact


def _email(text: str) -> str:
    return email_address.normalise(text) if text.strip() else ""

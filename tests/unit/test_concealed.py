"""What is known of people, and what lets them in, is printed nowhere: not in a log, a trace, or an error's message."""

import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import timedelta
from importlib import import_module
from inspect import getmembers, isclass

import pytest
from msgspec import Struct

import chalicelib
from chalicelib.api.request import Request
from chalicelib.api.schemas.patients import CreatePatient
from chalicelib.concealed import Concealed
from chalicelib.domain.agenda import agenda_rows
from chalicelib.domain.eid import EidOrder
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.session import EidAttempt, VisitorSession
from chalicelib.domain.visit_messages import invitations
from tests.builders import ANNA, NOW, a_guest, a_patient, a_register_person, a_visit, an_organisation, staff
from tests.fake_ports import settings
from tests.unit.api.conftest import identity

PERSONAL = {
    *(
        "name",
        "given_name",
        "family_name",
        "patient_name",
        "my_name",
        "author_name",
        "clinician_name",
        "saved_by",
        "by",
    ),
    *(
        "number",
        "digits",
        "phone",
        "email",
        "contact",
        "address",
        "reason",
        "text",
        "qr",
        "user",
        "hsa_id",
        "owner_hsa_id",
    ),
    *("token", "secret", "cookie", "cookies", "csrf_token", "code_verifier", "nonce", "session_hash", "token_hash"),
    *("auto_start_token", "qr_start_secret", "order_ref", "order", "link_key", "body", "guest_link", "url", "id_token"),
    *("personalNumber", "guardians", "rater"),
}
NOT_OF_A_PERSON = {
    "import_organisation._Named": "a unit or a care provider",
    "domain.organisation.Organisation": "its own name",
    "domain.organisation.Unit": "its own name",
    "domain.changes.Count": "the name of a counter, which holds nothing personal",
    "api.endpoint.Endpoint": "an operation and the type of its body",
    "api.endpoint.Query": "a parameter's name",
    "api.endpoint.Page": "the API's own document",
    "errors.LinkSender": "an organisation's name, and the number that anyone may call",
    "api.schemas.problem.LinkSender": "as errors.LinkSender",
}


def _records() -> Iterator[tuple[str, type]]:
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        for name, found in getmembers(import_module(module.name), isclass):
            if found.__module__ == module.name and (issubclass(found, Struct) or is_dataclass(found)):
                yield f"{module.name}.{name}".removeprefix("chalicelib."), found


@pytest.mark.parametrize(("name", "record"), list(_records()), ids=lambda v: v if isinstance(v, str) else "")
def test_a_record_with_something_personal_or_secret_in_it_is_concealed(name: str, record: type) -> None:
    fields = {*getattr(record, "__struct_fields__", ()), *getattr(record, "__dataclass_fields__", ())}
    if fields & PERSONAL and record is not IdentityNumber and name not in NOT_OF_A_PERSON:
        assert issubclass(record, Concealed)
        assert record.__repr__ is Concealed.__repr__


@pytest.mark.parametrize(
    "record",
    [
        a_patient(email="anna@example.se"),
        a_visit(participants=(*a_visit().participants, a_guest())),
        agenda_rows(a_visit()),
        invitations(a_visit(), NOW, an_organisation()),
        a_register_person(),
        identity(),
        staff(),
        settings(),
        CreatePatient(number=ANNA, phone="+46701740605"),
        EidAttempt(order=EidOrder("order-1", "auto-1", "qr-1", "secret-1", 0.0)),
        Request({"cookie": "secret-1"}, {}, {}, {"__Host-staff": "secret-1"}, "192.0.2.7", "request-1", b"Anna"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_nothing_of_a_person_and_no_secret_is_printed(record: object) -> None:
    printed = f"{record} {record!r} {[record]}"
    for personal in (
        "Anna",
        "Andersson",
        "Eva",
        "Gunilla",
        "4670174",
        ANNA,
        ANNA[2:],
        "anna@",
        "secret-1",
        "fedcba",
        "BEGIN",
    ):
        assert personal not in printed


def test_a_concealed_record_says_which_it_is() -> None:
    session = VisitorSession(
        session_hash="hash",
        csrf_token="proof",
        visit_id="v_1",
        participant_id="p_1",
        role="guest",
        admitted=False,
        created_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )
    assert repr(session) == "VisitorSession(visit_id='v_1', participant_id='p_1', role='guest', version=1, …)"

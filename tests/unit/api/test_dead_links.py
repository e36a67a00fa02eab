"""What a link that leads nowhere any more still tells: whom to call (G5, B9)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.visit import Form, Status, Visit, with_participant
from tests.browser import Browser
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import opened
from tests.visitors import token_of

NUMBER = "+46313900600"


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ENDED, Status.NO_SHOW])
def test_a_dead_link_says_who_sent_it_and_their_number(
    browser: Browser, ports: FakePorts, visit: Visit, status: Status
) -> None:
    """B9: the clinic's name and number; the unit, which can be a speciality, is not told."""
    organisation = ports.store.organisation(visit.org_id)
    assert organisation is not None
    ports.store.seed(replace(organisation, contact_phone=NUMBER), replace(visit, status=status))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert reply.json["sender"] == {"name": visit.org_name, "phone": NUMBER, "form": "individual", "role": "patient"}
    assert visit.unit_name not in str(reply.json)


def test_a_relatives_dead_link_says_what_it_was_to(browser: Browser, ports: FakePorts, visit: Visit) -> None:
    """B7: so that the page can say "videomöte" of it."""
    ports.store.seed(replace(visit, status=Status.CANCELLED, form=Form.RELATIVE))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert reply.json["sender"]["form"] == "relative"


@pytest.mark.parametrize("status", [Status.BOOKED, Status.CANCELLED])
@pytest.mark.parametrize("protected", [True, False])
def test_a_protected_persons_link_tells_nobody_of_a_group(
    browser: Browser, ports: FakePorts, visit: Visit, status: Status, protected: bool
) -> None:
    """P5, B8: their messages do not tell either; whoever has the phone reads no more behind the link."""
    ports.store.seed(replace(visit, status=status, form=Form.GROUP, patient_protected=protected))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    shown = reply.json["sender"] if status is Status.CANCELLED else reply.json
    assert shown["form"] == ("individual" if protected else "group")


def test_who_was_taken_out_reads_nothing_of_a_group(browser: Browser, ports: FakePorts, visit: Visit) -> None:
    """Whether they are protected is not known any more."""
    people = tuple(each for each in visit.participants if each.role != "patient")
    ports.store.seed(replace(visit, form=Form.GROUP, participants=people))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert (reply.status, reply.json["sender"]["form"]) == (410, "individual")


def test_an_ombuds_dead_link_says_that_they_were_no_patient(browser: Browser, ports: FakePorts, visit: Visit) -> None:
    """B4: the visit is the child's, and they were invited to a meeting."""
    me = replace(visit.participant("p_patient"), role="ombud")
    ports.store.seed(replace(with_participant(visit, me), status=Status.CANCELLED))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert reply.json["sender"]["role"] == "ombud"


def test_a_link_that_never_was_has_no_sender(browser: Browser) -> None:
    reply = browser.post("/links/open", {"token": "A" * 27})
    assert "sender" not in reply.json

"""B10: an administrator's own words, through the API and into what is sent."""

import threading
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.errors import Conflict
from tests.browser import Browser
from tests.builders import NOW, a_patient, a_staff_member, an_organisation
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import logged_in

KEY = "invitation.patient.sms.sv"
OWN = "Hej från {organisation}, vi ses {tid}: {länk}"
BOOKING = {
    "request_id": "00000000-0000-4000-8000-000000000000",
    "patients": [{"patient_id": a_patient().patient_id}],
    "starts_at": "2026-11-24T10:00:00Z",
    "duration_minutes": 30,
    "reason": "Återbesök",
}


@pytest.fixture
def admin(clinician: Browser, ports: FakePorts) -> Browser:
    """The clinician, who is an administrator too."""
    ports.store.seed(replace(a_staff_member(), roles=("clinician", "admin")), a_patient(), an_organisation())
    return logged_in(Browser(ports))


def _text(admin: Browser, key: str = KEY) -> dict[str, object]:
    texts: list[dict[str, object]] = admin.get("/organisation/texts").json["texts"]
    return next(text for text in texts if text["key"] == key)


def test_an_own_text_is_what_is_previewed_and_sent(admin: Browser, ports: FakePorts) -> None:
    assert _text(admin)["own"] is False
    assert admin.put("/organisation/texts", {"key": KEY, "text": OWN}).status == 200
    assert (_text(admin)["text"], _text(admin)["own"]) == (OWN, True)
    (shown,) = admin.post("/visits/preview", BOOKING).json["messages"]
    assert admin.post("/visits", BOOKING).status == 201
    (sent,) = [each for each in ports.store.of(OutboxMessage) if each.channel == "sms"]
    assert sent.text == "Hej från Region Halland, vi ses tisdag 24 november kl. 11:00: {link}"
    assert shown["text"].startswith("Hej från Region Halland, vi ses tisdag 24 november kl. 11:00: https://")


def test_the_products_text_comes_back(admin: Browser) -> None:
    before = _text(admin)
    admin.put("/organisation/texts", {"key": KEY, "text": OWN})
    admin.put("/organisation/texts", {"key": KEY, "text": None})
    assert _text(admin) == before


def test_a_change_is_in_the_access_log_and_the_same_again_is_none(admin: Browser, ports: FakePorts) -> None:
    """O1: changes are audited."""
    for _ in range(2):
        admin.put("/organisation/texts", {"key": KEY, "text": OWN})
    entries = [e for e in ports.store.of(AuditEntry) if e.action == "organisation.change_text"]
    assert [(e.user, e.patient_id) for e in entries] == [(a_staff_member().hsa_id, "")]


def test_what_cannot_be_sent_is_refused_and_not_kept(admin: Browser) -> None:
    for path, send in (("/organisation/texts", admin.put), ("/organisation/texts/preview", admin.post)):
        reply = send(path, {"key": KEY, "text": "Ny tid – {länk}"})
        assert (reply.status, reply.code) == (400, "text_not_gsm7")
    assert _text(admin)["own"] is False


def test_a_preview_counts_the_segments_with_the_longest_values(admin: Browser, ports: FakePorts) -> None:
    reply = admin.post("/organisation/texts/preview", {"key": KEY, "text": f"{{kliniker}}: {OWN}"}).json
    shown = "Hej från Region Halland, vi ses tisdag 24 november kl. 09:30: https://vardrum.example/b#…"
    assert reply["text"].endswith(f": {shown}")
    assert reply["segments"] == 2
    email = admin.post("/organisation/texts/preview", {"key": KEY.replace("sms", "email"), "text": OWN}).json
    assert email["segments"] == 1
    assert _text(admin)["own"] is False


def test_who_has_seen_an_older_text_does_not_write_over_a_newer_one(admin: Browser) -> None:
    seen = str(_text(admin)["text"])
    admin.put("/organisation/texts", {"key": KEY, "text": OWN, "replaces": seen})
    reply = admin.put("/organisation/texts", {"key": KEY, "text": "Annat: {länk}", "replaces": seen})
    assert (reply.status, reply.code) == (409, "text_changed")
    assert _text(admin)["text"] == OWN


def test_two_administrators_who_change_different_texts_at_once_both_do(
    admin: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ports.store.organisation
    overtaken = threading.Event()

    def late(org_id: str) -> Organisation | None:
        found = read(org_id)
        if not overtaken.is_set():
            overtaken.set()
            admin.put("/organisation/texts", {"key": "moved.guest.sms.sv", "text": OWN})
        return found

    monkeypatch.setattr(ports.store, "organisation", late)
    assert admin.put("/organisation/texts", {"key": KEY, "text": OWN}).status == 200
    assert _text(admin)["own"] is _text(admin, "moved.guest.sms.sv")["own"] is True


def test_who_is_overtaken_every_time_is_told_to_try_again(
    admin: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit: Callable[..., None] = ports.store.commit

    def refused(changes: list[object]) -> None:
        if any(isinstance(getattr(change, "record", None), Organisation) for change in changes):
            raise Conflict("a condition did not hold", code="changed_meanwhile")
        commit(changes)

    monkeypatch.setattr(ports.store, "commit", refused)
    assert admin.put("/organisation/texts", {"key": KEY, "text": OWN}).code == "changed_meanwhile"


def test_a_clinician_who_is_no_administrator_sees_none_of_it(clinician: Browser) -> None:
    """L1."""
    assert clinician.get("/organisation/texts").status == 403
    assert clinician.put("/organisation/texts", {"key": KEY, "text": OWN}).status == 403


def test_texts_are_the_organisations_own_and_neutral_for_the_protected(admin: Browser, ports: FakePorts) -> None:
    """P5: whatever the organisation writes."""
    admin.put("/organisation/texts", {"key": KEY, "text": OWN})
    ports.store.seed(a_patient(protected=True))
    (shown,) = admin.post("/visits/preview", BOOKING).json["messages"]
    assert "Halland" not in shown["text"]
    assert ports.clock.now() == NOW

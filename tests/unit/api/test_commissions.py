"""Choosing the commission to work on, after login and later, through the HTTP door (L1)."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.commission import ADMINISTRATION, Commission
from chalicelib.domain.session import HalfSession, StaffSession
from chalicelib.domain.staff import StaffRole
from chalicelib.domain.visit import Visit
from tests.browser import Browser, Reply, heard
from tests.builders import EK, UNIT, a_commission, a_patient, a_staff_member, a_unit
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity

BUM = "SE2321000115-BUM"
HUD_CARE, BUM_CARE = a_commission(), a_commission(BUM)
HUD_ADMIN = a_commission(purpose=ADMINISTRATION)


@pytest.fixture
def chooser(ports: FakePorts, browser: Browser) -> Browser:
    """Eva Ek, back from the identity provider with commissions on two units, on her way to a visit."""
    ports.store.seed(a_unit(BUM, "Barnmottagningen"))
    ports.identity_provider.identities["two"] = identity(EK, HUD_CARE, BUM_CARE)
    assert _logged_in(browser, "two", "/besok/v_1").headers["location"] == "/logga-in/uppdrag"
    return browser


def _logged_in(browser: Browser, code: str, return_to: str = "/") -> Reply:
    started = browser.get(f"/login?return_to={quote(return_to, safe='')}")
    state = parse_qs(urlsplit(started.headers["location"]).query)["state"][0]
    return browser.get(f"/login/callback?state={state}&code={code}")


def _choose(browser: Browser, commission_id: str) -> Reply:
    return browser.post("/login/commission", {"commission_id": commission_id})


def _session(browser: Browser) -> dict[str, object]:
    view: dict[str, object] = browser.get("/session").json
    browser.csrf_token = str(view["csrf_token"])
    return view


def test_who_has_several_commissions_sees_them_with_their_units(chooser: Browser) -> None:
    """L1."""
    choice = chooser.get("/login/commissions").json
    assert choice["name"] == "Eva Ek"
    assert [(each["unit_name"], each["commission_id"]) for each in choice["commissions"]] == [
        ("Barnmottagningen", BUM_CARE.commission_id),
        ("Hudmottagningen Halmstad", HUD_CARE.commission_id),
    ]


def test_the_chosen_commission_is_the_unit_of_the_session_and_the_deep_link_is_kept(chooser: Browser) -> None:
    """L1."""
    reply = _choose(chooser, BUM_CARE.commission_id)
    assert reply.json == {"return_to": "/besok/v_1"}
    assert "__Host-login" not in chooser.cookies
    view = _session(chooser)
    assert (view["unit_id"], view["unit_name"]) == (BUM, "Barnmottagningen")
    assert view["commission_id"] == BUM_CARE.commission_id


def test_until_it_is_chosen_the_login_opens_nothing(chooser: Browser, ports: FakePorts) -> None:
    """L1: the half session's secret is no session's, in whatever cookie it is sent."""
    chooser.cookies["__Host-staff"] = chooser.cookies["__Host-login"]
    assert chooser.get("/agenda").code == "not_logged_in"
    assert chooser.connect("staff")[0] == 401
    assert ports.store.of(StaffSession) == []
    assert ports.store.of(AuditEntry) == []
    assert chooser.cookies["__Host-login"] not in ports.store.written()


def test_a_commission_is_chosen_once(chooser: Browser) -> None:
    """L1."""
    login = dict(chooser.cookies)
    _choose(chooser, BUM_CARE.commission_id)
    chooser.cookies = login
    assert _choose(chooser, HUD_CARE.commission_id).code == "stale_login"
    assert chooser.get("/login/commissions").code == "stale_login"


def test_two_clicks_at_once_are_one_session(chooser: Browser, ports: FakePorts) -> None:
    """L1: the second still reads the half session that the first is taking away."""
    (half,) = ports.store.of(HalfSession)
    login = dict(chooser.cookies)
    _choose(chooser, BUM_CARE.commission_id)
    ports.store.seed(half)
    chooser.cookies = login
    assert _choose(chooser, BUM_CARE.commission_id).code == "stale_login"
    assert len(ports.store.of(StaffSession)) == 1


def test_the_choice_is_left_open_for_ten_minutes(chooser: Browser, ports: FakePorts) -> None:
    ports.clock.advance(minutes=10)
    assert chooser.get("/login/commissions").code == "stale_login"
    assert _choose(chooser, BUM_CARE.commission_id).code == "stale_login"


def test_a_commission_that_is_not_ones_own_cannot_be_chosen(chooser: Browser) -> None:
    assert _choose(chooser, HUD_ADMIN.commission_id).code == "no_commission"
    assert "__Host-staff" not in chooser.cookies


def test_another_site_cannot_choose(chooser: Browser) -> None:
    chooser.headers["origin"] = "https://evil.example"
    assert _choose(chooser, BUM_CARE.commission_id).code == "csrf_rejected"


def test_who_is_not_logging_in_has_nothing_to_choose(browser: Browser) -> None:
    assert browser.get("/login/commissions").code == "stale_login"
    assert _choose(browser, BUM_CARE.commission_id).code == "stale_login"


@pytest.mark.parametrize(
    ("commission", "roles", "is_let_in"),
    [
        (HUD_CARE, ("clinician",), True),
        (HUD_ADMIN, ("clinician",), False),
        (HUD_ADMIN, ("admin",), True),
        (HUD_ADMIN, ("support",), True),
        (a_commission(care_provider_id="SE5560000000-1"), ("clinician",), False),
        (a_commission("SE2321000115-XXX"), ("clinician",), False),
        (a_commission(purpose="Kvalitetssäkring"), ("clinician", "admin"), False),
    ],
)
def test_who_has_none_that_counts_is_told_so(
    browser: Browser, ports: FakePorts, commission: Commission, roles: tuple[StaffRole, ...], is_let_in: bool
) -> None:
    """L1."""
    ports.store.seed(replace(a_staff_member(), roles=roles))
    ports.identity_provider.identities["one"] = identity(EK, commission)
    assert _logged_in(browser, "one").headers["location"] == ("/" if is_let_in else "/logga-in?fel=no_commission")
    assert bool(ports.store.of(StaffSession)) == is_let_in


def test_a_switch_changes_unit_and_assignment_and_is_in_the_access_log_there(
    chooser: Browser, ports: FakePorts
) -> None:
    """L1, S6."""
    _choose(chooser, BUM_CARE.commission_id)
    _session(chooser)
    reply = chooser.post("/session/commission", {"commission_id": HUD_CARE.commission_id})
    assert (reply.json["unit_id"], chooser.get("/session").json["unit_id"]) == (UNIT, UNIT)
    assert [(e.action, e.unit_id, e.assignment) for e in ports.store.of(AuditEntry)] == [
        ("session.start", BUM, BUM_CARE.name),
        ("session.switch", UNIT, HUD_CARE.name),
    ]


def test_a_visit_is_on_the_unit_that_its_clinician_works_on_when_it_is_booked(
    chooser: Browser, ports: FakePorts
) -> None:
    """L1, B2, S6: also in what the patient receives."""
    ports.store.seed(a_patient())
    _choose(chooser, BUM_CARE.commission_id)
    _session(chooser)
    booking = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": (ports.clock.now() + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    assert chooser.post("/visits", booking).json["visit"]["unit_name"] == "Barnmottagningen"
    (visit,) = ports.store.of(Visit)
    assert visit.unit_id == BUM


def test_who_does_not_care_for_patients_cannot_be_added_to_a_visit(clinician: Browser, ports: FakePorts) -> None:
    """B2."""
    ports.store.seed(a_patient(), replace(a_staff_member("SE2321000115-E003"), roles=("admin",)))
    booking = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": (ports.clock.now() + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
        "staff": ["SE2321000115-E003"],
    }
    assert clinician.post("/visits", booking).code == "unknown_staff"


def test_on_a_commission_for_administration_an_admin_is_no_clinician(browser: Browser, ports: FakePorts) -> None:
    """L1, S6: patient data is for those who work with care."""
    ports.store.seed(replace(a_staff_member(), roles=("clinician", "admin")))
    ports.identity_provider.identities["both"] = identity(EK, HUD_CARE, HUD_ADMIN)
    _logged_in(browser, "both")
    _choose(browser, HUD_ADMIN.commission_id)
    assert _session(browser)["roles"] == ["admin"]
    assert browser.get("/agenda").code == "not_allowed"
    browser.post("/session/commission", {"commission_id": HUD_CARE.commission_id})
    assert _session(browser)["roles"] == ["clinician", "admin"]
    assert browser.get("/agenda").status == 200


def test_a_switch_makes_open_pages_begin_anew(chooser: Browser, ports: FakePorts) -> None:
    """L1: what they listen to may be nothing for the new commission."""
    _choose(chooser, BUM_CARE.commission_id)
    _session(chooser)
    _, page = chooser.connect("staff")
    chooser.post("/session/commission", {"commission_id": HUD_CARE.commission_id})
    assert heard(ports, page)[-1] == {"type": "session.ended", "reason": "switched"}
    assert ports.store.subscriptions_of(page) == []


def test_a_switch_to_someone_elses_commission_changes_nothing(
    clinician: Browser, another_browser: Callable[[], Browser]
) -> None:
    assert clinician.post("/session/commission", {"commission_id": BUM_CARE.commission_id}).code == "no_commission"
    assert clinician.get("/session").json["unit_id"] == UNIT
    assert another_browser().post("/session/commission", {"commission_id": UNIT}).code == "not_logged_in"


def test_the_organisation_is_shown_to_those_who_run_the_service(browser: Browser, ports: FakePorts) -> None:
    """L1: and a clinician has no use for it."""
    ports.store.seed(replace(a_staff_member(), roles=("support",)))
    _logged_in(browser, "ek")
    view = browser.get("/organisation").json
    assert (view["name"], view["units"]) == (
        "Region Halland",
        [{"unit_id": UNIT, "name": "Hudmottagningen Halmstad"}],
    )
    assert [(each["name"], each["roles"]) for each in view["staff"]] == [("Eva Ek", ["support"])]
    assert browser.get("/agenda").code == "not_allowed"


def test_a_clinician_does_not_see_the_organisation(clinician: Browser) -> None:
    assert clinician.get("/organisation").code == "not_allowed"


def test_colleagues_are_those_who_care_for_patients(clinician: Browser, ports: FakePorts) -> None:
    """B2."""
    ports.store.seed(
        a_staff_member("SE2321000115-E002", "Bo", "Berg"),
        replace(a_staff_member("SE2321000115-E003"), roles=("admin", "support")),
    )
    assert [each["name"] for each in clinician.get("/colleagues").json] == ["Bo Berg"]

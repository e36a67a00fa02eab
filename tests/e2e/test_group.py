"""A group visit: three patients in one call with staff, who learn nothing of one another but chosen names (B8, C3, C4, C6)."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, WebSocket, expect

from tests.e2e import booking, clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.camera import CLINICIAN, PATIENT, Person
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.secrets import Secret, leaks
from tests.e2e.told import link_of
from tests.e2e.traces import TRACES
from tests.e2e.waiting import until

PICTURES = os.environ.get("PICTURES")


@dataclass(frozen=True)
class Member:
    """`shown`: what the others see; all but the first keep the name that was given."""

    number: str
    name: str
    mobile: str
    shown: str

    @property
    def secrets(self) -> list[Secret]:
        return [Secret("number", self.number), Secret("phone", self.mobile), Secret("name", self.name)]

    def is_told_of(self, text: str) -> bool:
        """By number, phone, or name; the family name alone too."""
        family = self.name.split()[-1]
        named = re.search(rf"\b{family}\b", text, re.IGNORECASE) is not None
        return named or bool(leaks(text, self.secrets) & {"number", "phone", "name"})


INGRID = Member("195712302842", "Ingrid Sandberg", "070-174 06 08", "Kim")
BO = Member("195711212893", "Bo Bengtsson", "070-174 06 07", "Deltagare 2")
LOVE = Member("200002292399", "Love Holm", "070-174 06 21", "Deltagare 3")
MEMBERS = (INGRID, BO, LOVE)


@dataclass(frozen=True)
class Patient:
    """A member at their phone, and all that the server has told it: answers, live messages, and the call's signalling."""

    member: Member
    page: Page
    told: list[str]

    def everything(self) -> str:
        return "\n".join([*self.told, self.page.content(), self.page.title()])


@pytest.fixture
def patients(patient_browser: Browser) -> Iterator[list[Patient]]:
    with ExitStack() as contexts:
        yield [_at_a_phone(member, patient_browser, contexts) for member in MEMBERS]


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Sandberg", "Bengtsson", "Holm"))


def _at_a_phone(member: Member, browser: Browser, contexts: ExitStack) -> Patient:
    context = context_of(browser, phone=True)
    contexts.callback(context.close)
    contexts.callback(TRACES.keep_cookies, context)
    patient_of = Patient(member, context.new_page(), [])
    context.route("**/api/**", lambda route: _pass_on(route, patient_of.told))
    contexts.callback(context.unroute_all, behavior="ignoreErrors")  # an answer may be under way when the page closes
    patient_of.page.on("websocket", lambda socket: _listen(socket, patient_of.told))
    return patient_of


def _pass_on(route: Route, told: list[str]) -> None:
    answer = route.fetch()
    told.append(answer.text())
    route.fulfill(response=answer)


def _listen(socket: WebSocket, told: list[str]) -> None:
    socket.on("framereceived", lambda frame: told.append(frame if isinstance(frame, str) else repr(frame)))


def test_three_patients_meet_in_a_call_by_display_names_alone(
    clinician: Page, patients: list[Patient], addresses: Addresses, views: Examination
) -> None:
    """B8, G6: each by their own link and e-ID; staff sees who is who, and no patient is told of another."""
    for page in (clinician, patients[0].page):
        views.prepare(page.context)
    links = _booked(clinician, addresses)
    for each, link in zip(patients, links, strict=True):
        _comes_to_the_waiting_room(each, link, views)
    _write_in_the_visit_chat(clinician, patients)
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    window = clinic.open_call(clinician)
    expect(window.get_by_role("heading", name="Videosamtal med en grupp, 3 patienter")).to_be_visible()
    clinic.join_call(window)
    expect(window.get_by_text("Väntar på deltagarna: 3 av 3 är här")).to_be_visible()
    views.see(window, "call: waiting for a group")
    _picture(window, "group-waiting")
    for each in patients:
        patient.answer(each.page)
    _staff_sees_who_is_who(window, views)
    for each in patients:
        _sees_the_others_by_display_names(each)
    views.see(patients[0].page, "patient: group call")
    _picture(patients[0].page, "group-call-patient")
    _write_in_the_call(window, patients)
    for each in patients:
        assert _of_the_others(each) == [], f"what {each.member.shown} is told"
    clinic.leave(window, everyone=True)
    expect(clinician.get_by_role("button", name="Starta videomöte").first).to_be_visible()
    clinic.end_visit(clinician)
    views.assert_clean()


def _booked(clinician: Page, addresses: Addresses) -> list[str]:
    """The group, its page open; each member's link."""
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Gruppbesök")
    for member in MEMBERS:
        booking.add_to_group(clinician, member.number, member.name, member.mobile)
    clinic.to_review(clinician, "Gruppsamtal")
    booking.book(clinician)
    clinician.get_by_role("link", name="Öppna besöket").click()
    expect(clinician.get_by_text(INGRID.name).first).to_be_visible()
    return [link_of(clinician, addresses, member.name) for member in MEMBERS]


def _comes_to_the_waiting_room(each: Patient, link: str, views: Examination) -> None:
    """The name is chosen before anyone can see it."""
    page, member = each.page, each.member
    page.goto(link)
    patient.start(page)
    patient.identify_on_this_device(page, member.name)
    expect(patient.display_name_step(page)).to_be_visible()
    expect(page.get_by_text("Ditt riktiga namn och personnummer ser bara vårdgivarna")).to_be_visible()
    if member is INGRID:
        views.see(page, "display name", page.get_by_role("button", name="Fortsätt"))
        _picture(page, "group-name")
        page.get_by_role("textbox", name="Visningsnamn").fill(member.shown)
    expect(page.get_by_role("textbox", name="Visningsnamn")).to_have_value(member.shown)
    patient.go_to_waiting_room(page)
    expect(page.get_by_text(f"De andra ser bara ditt visningsnamn, {member.shown}")).to_be_visible()
    assert fits_the_width(page)


def _write_in_the_visit_chat(clinician: Page, patients: list[Patient]) -> None:
    """S2, B8: the others read the display name, staff the real one."""
    patient.write_to_clinic(patients[0].page, "Hej, jag är här")
    bubble = patients[1].page.locator(".bubble").filter(has_text="Hej, jag är här")
    expect(bubble).to_contain_text(INGRID.shown)
    expect(clinician.locator(".bubble").filter(has_text="Hej, jag är här")).to_contain_text(INGRID.name)
    _picture(patients[1].page, "group-waiting-room")


def _staff_sees_who_is_who(window: Page, views: Examination) -> None:
    """Real names with what the others see, on the tiles and in the list; everybody's picture."""
    for member in MEMBERS:
        tile = clinic.tile_of(window, member.name)
        expect(tile).to_contain_text(f"Patient ({member.shown})")
        _is_really_seen(window, PATIENT, tile)
    window.get_by_role("button", name="Deltagare", exact=True).click()
    people = window.get_by_role("complementary")
    for member in MEMBERS:
        row = people.get_by_role("listitem").filter(has_text=member.name)
        expect(row).to_contain_text(f"visas som {member.shown}")
        expect(row.get_by_role("button", name=f"Stäng av mikrofonen för {member.name}")).to_be_visible()
    views.see(window, "call: people of a group")
    _picture(window, "group-call-staff")
    window.keyboard.press("Escape")


def _sees_the_others_by_display_names(each: Patient) -> None:
    page = each.page
    expect(clinic.tiles(page)).to_have_count(len(MEMBERS))
    others = [member for member in MEMBERS if member is not each.member]
    for member in others:
        expect(clinic.tile_of(page, member.shown)).to_be_visible()
    staff = clinic.tile_of(page, "Karin Ek")
    expect(staff).to_contain_text("Vårdgivare")
    who = _is_really_seen(page, CLINICIAN, staff)
    until(page, lambda: is_heard(page, CLINICIAN, f'{remote_audio()}[data-participant-id="{who}"]'), "staff is heard")


def _is_really_seen(page: Page, person: Person, tile: Locator) -> str:
    """Decoded frames in that tile; whose it is."""
    who = tile.get_attribute("data-participant-id") or ""
    until(page, lambda: is_seen(page, person, remote_video(who)), f"the {person.name} of {who} is seen")
    return who


def _write_in_the_call(window: Page, patients: list[Patient]) -> None:
    """C6, B8."""
    clinic.write_in_call(patients[0].page, "Hör ni mig?")
    expect(_toast(patients[2].page)).to_contain_text(INGRID.shown)
    expect(_toast(window)).to_contain_text(INGRID.name)


def _toast(page: Page) -> Locator:
    return page.locator(".chat-toast__card")


def _of_the_others(each: Patient) -> list[str]:
    """Whom of the other members this patient's page, answers and sockets tell of. Their own name is there."""
    told = each.everything()
    assert each.member.is_told_of(told), "what is looked through is not empty"
    return [member.name for member in MEMBERS if member is not each.member and member.is_told_of(told)]


def _picture(page: Page, name: str) -> None:
    """Kept where PICTURES says, to be looked at."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)

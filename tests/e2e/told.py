"""What the people of one visit have been sent, whatever else has come to the same phones."""

import re

from playwright.sync_api import Page

from chalicelib.domain.message import message_id
from tests.e2e.conftest import Addresses
from tests.e2e.waiting import until

LINK = re.compile(r"http\S+/b#[\w-]+")
_VISIT = re.compile(r"/besok/([\w-]+)")
_TIMES = range(10)
_TIMED = ("invitation", "moved", "reminder_morning", "reminder_soon")
_REASONS = ("invitation", "started", "cancelled", *(f"{each}#{time}" for each in _TIMED for time in _TIMES))
_MOST = 500


def visit_shown(page: Page) -> str:
    """The id of the visit whose page is open, or that the confirmation in sight leads to."""
    opened = _VISIT.search(page.url)
    if opened is None:
        address = page.get_by_role("link", name="Öppna besöket", exact=True).get_attribute("href")
        opened = _VISIT.search(str(address))
    assert opened, "a visit is in sight"
    return opened[1]


def told(page: Page, addresses: Addresses, who: str = "patient", *reasons: str) -> list[str]:
    """What the visit that staff have on `page` has sent to `who` (a name or a role), newest first; for these reasons, or
    for any."""
    visit_id = visit_shown(page)
    people = page.request.get(f"{addresses.clinic}/api/visits/{visit_id}").json()["participants"]
    ids = {
        message_id(visit_id, each["participant_id"], reason, channel)
        for each in people
        if who in {each["name"], each["role"]}
        for reason in reasons or _REASONS
        for channel in ("sms", "email")
    }
    messages = page.request.get(addresses.phone_messages, params={"limit": str(_MOST)}).json()["messages"]
    return [str(message["text"]) for message in messages if message["message_id"] in ids]


def the_one_told(page: Page, addresses: Addresses, who: str = "patient", reason: str = "invitation") -> str:
    """The message once it has come; it came once."""
    until(page, lambda: bool(told(page, addresses, who, reason)), f"{who} gets: {reason}")
    (text,) = told(page, addresses, who, reason)
    return text


def link_of(page: Page, addresses: Addresses, who: str = "patient") -> str:
    """The personal link in the invitation, once that has come."""
    (link,) = LINK.findall(the_one_told(page, addresses, who))
    return str(link)


def sent_to(page: Page, addresses: Addresses, mobile: str) -> list[str]:
    """Everything that has come to a number as it is written here, of any visit, newest first."""
    to = "+46" + re.sub(r"\D", "", mobile)[1:]
    messages = page.request.get(addresses.phone_messages, params={"limit": str(_MOST), "to": to}).json()["messages"]
    return [str(message["text"]) for message in messages]


def with_link(page: Page, addresses: Addresses, link: str) -> list[str]:
    """Every message that holds this link, newest first."""
    messages = page.request.get(addresses.phone_messages, params={"limit": str(_MOST)}).json()["messages"]
    return [str(message["text"]) for message in messages if link in message["text"]]

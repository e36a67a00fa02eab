"""What was promised, held against what the carriers took. The words of the letters are read, not the rows behind them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.domain.link import link_token
from chalicelib.domain.local_time import local
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_ids import invitation_number
from chalicelib.domain.visit import Participant, Status, Visit
from tests.builders import LINK_KEY
from tests.promises.carrier import Letter
from tests.promises.clinic import Clinic
from tests.promises.store import Version

TOKEN = re.compile(r"/b#([A-Za-z0-9_-]{27})")
TELLS_A_TIME = ("invitation", "moved", "reminder")


@dataclass(frozen=True, slots=True)
class Carried:
    """A letter with the message that it was, and the visit as it was when the carrier took it."""

    letter: Letter
    message: OutboxMessage
    visit: Visit

    @property
    def words(self) -> str:
        return self.message.reason.partition("#")[0]

    @property
    def about(self) -> tuple[str, str, str]:
        return self.message.visit_id, self.message.participant_id, self.message.reason


class Account:
    """Read once the clinic has come to rest."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._store = clinic.store
        self.carried = [self._carried(letter) for letter in clinic.carriers.taken]
        self.visits = [versions[-1].visit for versions in self._store.history.values()]

    def broken(self) -> list[str]:
        """One line for each promise that does not hold."""
        return [
            *self._doubled(),
            *self._to_others(),
            *self._of_another_time(),
            *self._after_the_end(),
            *self._untold(),
            *self._cancelled(),
            *self._links(),
        ]

    def reminders_broken(self) -> list[str]:
        """As `broken`, once all time has passed."""
        return [line for visit in self.visits for line in self._reminders(visit)]

    def _carried(self, letter: Letter) -> Carried:
        message = self._store.message(letter.message_id)
        assert message is not None
        versions = self._store.history[message.visit_id]
        return Carried(letter, message, _at(versions, letter.at))

    def _doubled(self) -> Iterator[str]:
        """Each once, but for those whose sender died while the carrier had them; by e-mail too where the SMS did not come."""
        for about, letters in self._by_subject().items():
            again = sum(self._clinic.carriers.died_holding[each] for each in {e.letter.message_id for e in letters})
            most = max(Counter(each.letter.channel for each in letters).values())
            if most > 1 + again:
                yield f"sent {most} times: {about[2]}"
            channels = {each.letter.channel for each in letters}
            sms = [each.message for each in letters if each.letter.channel == "sms"]
            if len(channels) > 1 and not any(self._did_not_come(m.message_id) for m in sms):
                yield f"by SMS and by e-mail: {about[2]}"

    def _did_not_come(self, message_id: str) -> bool:
        """As far as the clinic was told, though its carrier may have said otherwise since."""
        return message_id in self._clinic.carriers.told_lost or bool(self._message(message_id).failure)

    def _to_others(self) -> Iterator[str]:
        """To the address that who is written to had just then, with the link that they had."""
        for each in self.carried:
            versions = self._store.history[each.visit.visit_id]
            people = _person_at(versions, each.message.participant_id, each.letter.at)
            tokens = set(TOKEN.findall(each.letter.text))
            theirs = [p for p in people if each.letter.to in {p.contact.phone, p.contact.email}]
            if not theirs:
                yield f"to somebody else: {each.message.reason}"
            if not any(tokens <= {_token(person)} for person in people):
                yield f"with another's link: {each.message.reason}"
            number = invitation_number(each.message)
            if number is not None and not any(p.invited_again == number for p in people):
                yield f"an invitation that a later one is in the place of: {each.message.reason}"
            if not tokens and each.words in TELLS_A_TIME:
                yield f"without a link: {each.message.reason}"

    def _of_another_time(self) -> Iterator[str]:
        for each in self.carried:
            if each.words in TELLS_A_TIME and f"{local(each.visit.starts_at):%H:%M}" not in each.letter.text:
                yield f"tells another time than the visit's: {each.message.reason}"

    def _after_the_end(self) -> Iterator[str]:
        """Nothing but the cancellation goes out when a visit is over, and nothing to who has left it."""
        for each in self.carried:
            there = any(p.participant_id == each.message.participant_id for p in each.visit.participants)
            if each.words != "cancelled" and (each.visit.is_over or not there):
                yield f"after the end: {each.message.reason}"
            if each.words == "cancelled" and there and each.visit.status is not Status.CANCELLED:
                yield "cancelled, and is not"

    def _untold(self) -> Iterator[str]:
        """Who is in a visit to come has been told its time, once since it became so or since they came."""
        for visit in self.visits:
            if visit.is_over or visit.starts_at <= self._clinic.now:
                continue
            for person in filter(_reachable, visit.participants):
                since = self._since(visit, person)
                told = [
                    e for e in self._of(visit, person) if e.words in {"invitation", "moved"} and e.letter.at >= since
                ]
                subjects = {each.about for each in told}
                most = 2 if person.invited_again else 1  # who is invited again soon after a move hears of both
                if not 1 <= len(subjects) <= most and not self._waits_or_failed(visit, person):
                    yield f"told {len(subjects)} times of a visit to come: {person.role}, {sorted(subjects)}"

    def _cancelled(self) -> Iterator[str]:
        for visit in self.visits:
            if visit.status is not Status.CANCELLED:
                continue
            for person in filter(_reachable, visit.participants):
                letters = self._of(visit, person)
                heard = any(each.words not in {"cancelled", "started"} for each in letters)
                ends = {each.about for each in letters if each.words == "cancelled"}
                knows = visit.cancelled_by == "patient" and person.role == "patient"
                if heard and not ends and not knows and not self._waits_or_failed(visit, person):
                    yield f"invited, and not told that it is cancelled: {person.role}"
                if ends and not heard and not self._was_under_way(visit, person):
                    yield f"told that it is cancelled, and never invited: {person.role}"

    def _links(self) -> Iterator[str]:
        """Each link that opens leads to a visit that has its person in it, and each person's opens."""
        sent = {token for each in self.carried for token in TOKEN.findall(each.letter.text)}
        living = {_token(p): v for v in self.visits for p in v.participants if p.link_id}
        for token in sorted(sent | set(living)):
            reply = self._clinic.asked(0, "POST", "/links/open", {"token": token})
            assert reply is not None
            visit = living.get(token)
            if reply.status == 200 and (visit is None or visit.is_over):
                yield "a link opens that leads nowhere"
            if reply.status != 200 and visit is not None and not visit.is_over and visit.starts_at > self._clinic.now:
                yield f"the link of someone in a visit to come does not open: {reply.code}"

    def _reminders(self, visit: Visit) -> Iterator[str]:
        """Each who was in it all the while from then on, once; and nobody twice."""
        versions = self._store.history[visit.visit_id]
        for reason, due_at in _due_times(visit):
            if visit.is_over or _timed_at(versions) >= due_at or due_at < self._clinic_was_quiet_from(visit):
                continue
            for person in filter(_reachable, _at(versions, due_at).participants):
                got = {e.about for e in self._of(visit, person) if e.words == reason and e.letter.at >= due_at}
                if len(got) != 1 and not self._waits_or_failed(visit, person):
                    yield f"{reason} {len(got)} times: {person.role}"

    def _clinic_was_quiet_from(self, visit: Visit) -> datetime:
        return self._store.history[visit.visit_id][-1].at

    def _since(self, visit: Visit, person: Participant) -> datetime:
        """When the visit got the time that it has, or, later, this person in it, or was invited again."""
        versions = self._store.history[visit.visit_id]
        invited = (person.participant_id, person.invited_again)
        came = next(
            v.at for v in versions if any((p.participant_id, p.invited_again) == invited for p in v.visit.participants)
        )
        return max(_timed_at(versions), came)

    def _waits_or_failed(self, visit: Visit, person: Participant) -> bool:
        """A message to them waits for its day, or is among those that operators have been told of."""
        buried = {message_id for message_id, _, _ in self._clinic.ports.dead_letters.buried}
        about = [m for m in self._store.of(OutboxMessage) if m.visit_id == visit.visit_id]
        mine = [m for m in about if m.participant_id in {person.participant_id, ""}]
        later = self._clinic.now + timedelta(hours=1)
        waits = any(m.reason == "invitation" and m.state == "queued" and m.due_at > later for m in mine)
        return waits or any(m.message_id in buried for m in mine)

    def _was_under_way(self, visit: Visit, person: Participant) -> bool:
        """A sender died with something for them: whether they have it was not known when it was cancelled."""
        mine = (m for m in self._store.of(OutboxMessage) if m.participant_id == person.participant_id)
        return any(m.attempts and m.visit_id == visit.visit_id and m.reason != "cancelled" for m in mine)

    def _of(self, visit: Visit, person: Participant) -> list[Carried]:
        who = (visit.visit_id, person.participant_id)
        return [each for each in self.carried if each.about[:2] == who]

    def _by_subject(self) -> dict[tuple[str, str, str], list[Carried]]:
        found: dict[tuple[str, str, str], list[Carried]] = {}
        for each in self.carried:
            found.setdefault(each.about, []).append(each)
        return found

    def _message(self, message_id: str) -> OutboxMessage:
        message = self._store.message(message_id)
        assert message is not None
        return message


def _at(versions: list[Version], moment: datetime) -> Visit:
    """The visit as it was then; the first one for a moment before it was there."""
    return next((v.visit for v in reversed(versions) if v.at <= moment), versions[0].visit)


def _timed_at(versions: list[Version]) -> datetime:
    """Since when the visit has had the time that it has."""
    last = versions[-1].visit
    since = versions[-1].at
    for version in reversed(versions):
        if (version.visit.starts_at, version.visit.ends_at) != (last.starts_at, last.ends_at):
            break
        since = version.at
    return since


def _person_at(versions: list[Version], participant_id: str, moment: datetime) -> list[Participant]:
    """As they were in the visit at that moment, in which several things may have happened; else as they were at last."""
    ends = [*(version.at for version in versions[1:]), datetime.max.replace(tzinfo=UTC)]
    then = [v for v, end in zip(versions, ends, strict=True) if v.at <= moment <= end]
    found = _persons(then, participant_id)
    return found or _persons(versions, participant_id)[-1:]


def _persons(versions: list[Version], participant_id: str) -> list[Participant]:
    return [p for version in versions for p in version.visit.participants if p.participant_id == participant_id]


def _reachable(person: Participant) -> bool:
    return person.role not in {"staff", "colleague"} and bool(person.contact.phone or person.contact.email)


def _due_times(visit: Visit) -> Iterator[tuple[str, datetime]]:
    """Of the organisation of tests/builders.py: at seven on the day, and a quarter of an hour before."""
    soon = visit.starts_at - timedelta(minutes=15)
    morning = local(visit.starts_at).replace(hour=7, minute=0, second=0, microsecond=0)
    if morning < soon:
        yield "reminder_morning", morning
    yield "reminder_soon", soon


def _token(person: Participant) -> str:
    return link_token(LINK_KEY, person.link_id)

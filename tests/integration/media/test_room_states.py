"""A call in which anything may happen in any order: what everyone is told fits what is, and no rule is ever broken.

C4c, C6, C8, C10, G5, on the node's own calls, rooms, peers and router; only sockets and the clock are stand-ins.
"""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mediaserver import close_codes
from mediaserver.errors import JoinRefused, TokenRefused
from tests.media.rooms import LOST_GRACE_S, NO_STAFF_GRACE_S, CallHouse, Guest

ROLES = {"p_staff": "staff", "p_colleague": "staff", "p_patient": "patient", "p_guest": "guest"}
people = st.sampled_from(sorted(ROLES))
# Which of those who are there, or of their streams; taken modulo how many there are.
numbers = st.integers(0, 11)
seldom = st.integers(0, 5).map(lambda number: number == 0)
seconds = st.sampled_from([0.5, 3.0, LOST_GRACE_S - 1, LOST_GRACE_S + 1, NO_STAFF_GRACE_S + 1])


class CallMachine(RuleBasedStateMachine):
    """The model: who has a tile since when, who is muted, and when staff was last connected."""

    def __init__(self) -> None:
        super().__init__()
        self.house = CallHouse()
        self.epoch = 1
        self.guests: dict[str, Guest] = {}
        self.lost_since_s: dict[str, float] = {}
        self.muted: set[str] = set()
        self.no_staff_since_s: float | None = None
        self.everyone: list[Guest] = []

    def teardown(self) -> None:
        self.house.close()

    # -- what happens ----------------------------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        for who in ("p_staff", "p_patient", "p_guest"):
            self.come(who, subscribes=True)
            self.guests[who].produce("audio", "microphone", paused=False)

    @rule(who=people, subscribes=st.integers(0, 3).map(bool))
    def come(self, who: str, subscribes: bool) -> None:
        """For the first time, again after a loss, or by a second tab."""
        former = self.guests.get(who)
        was_connected = former is not None and former.peer.connected
        self.guests[who] = guest = self.house.join(who, ROLES[who], self.epoch)
        self.everyone.append(guest)
        self.lost_since_s.pop(who, None)
        if former is not None and was_connected:
            assert former.connection.closed_with == close_codes.REPLACED
        if subscribes:
            guest.subscribe()
        self._watch_staff()

    @rule(number=numbers)
    def lose_socket(self, number: int) -> None:
        guest = self._someone(number)
        if guest is not None:
            guest.connection.closed_with = 1006
            self.house.lose(guest)
            self.lost_since_s[guest.id] = self.house.loop.time()
            self._watch_staff()

    @rule(number=numbers)
    def be_muted_and_begin_anew(self, number: int) -> None:
        """By a second tab, or a microphone that is plugged in again."""
        staff, guest = self.guests.get("p_staff"), self._someone(number)
        if staff is None or not staff.peer.connected or guest is None or guest is staff:
            return
        self.mute(self._connected().index(staff), list(self.guests).index(guest.id), nobody=False)
        if number % 2:
            self.come(guest.id, subscribes=True)
        self.publish(self._connected().index(self.guests[guest.id]), "microphone", paused=False)

    @rule()
    def an_old_socket_is_found_lost_late(self) -> None:
        """The operating system tells of a dead connection long after a newer one has taken its place."""
        for guest in self.everyone:
            if self.guests.get(guest.id) is not guest:
                self.house.lose(guest)

    @rule(number=numbers, really=seldom)
    def leave(self, number: int, really: bool) -> None:
        guest = self._someone(number)
        if guest is not None and really:
            assert guest.request("leave") == {}
            assert guest.connection.closed_with == close_codes.LEFT
            self._gone(guest.id)

    @rule(who=people, really=seldom)
    def remove(self, who: str, really: bool) -> None:
        """The person may be connected, lost, or not there at all."""
        if not really:
            return
        guest = self.guests.get(who)
        connected = guest is not None and guest.peer.connected
        invited_at = int(time.time())  # a token of the second after would be that of someone who was invited anew
        self.house.control("remove_participant", who)
        if guest is not None and connected:
            assert guest.connection.closed_with == close_codes.REMOVED
        if guest is not None:
            self._gone(who)
        with pytest.raises(JoinRefused, match="person_removed"):
            self.house.join(who, ROLES[who], self.epoch, issued_at=invited_at)

    @rule(number=numbers, source=st.sampled_from(["microphone", "camera"]), paused=st.booleans())
    def publish(self, number: int, source: str, paused: bool) -> None:
        guest = self._someone(number)
        if guest is None or len(guest.peer.producers) >= 4:
            return
        told = guest.connection.count("muted")
        producer_id = guest.produce("audio" if source == "microphone" else "video", source, paused=paused)
        silenced = source == "microphone" and guest.id in self.muted
        assert guest.peer.producers[producer_id].paused is (paused or silenced)
        assert guest.connection.count("muted") - told == silenced

    @rule(number=numbers, which=numbers)
    def resume(self, number: int, which: int) -> None:
        guest, producer_id = self._stream(number, which)
        if guest is not None:
            guest.request("resumeProducer", producerId=producer_id)
            if guest.peer.producers[producer_id].source == "microphone":
                self.muted.discard(guest.id)

    @rule(number=numbers, which=numbers, method=st.sampled_from(["pauseProducer", "closeProducer"]))
    def pause_or_close(self, number: int, which: int, method: str) -> None:
        guest, producer_id = self._stream(number, which)
        if guest is not None:
            guest.request(method, producerId=producer_id)

    @rule(number=numbers, whose=numbers, which=numbers)
    def meddle(self, number: int, whose: int, which: int) -> None:
        """Nobody has a hand on another's stream."""
        owner, producer_id = self._stream(whose, which)
        guest = self._someone(number)
        if owner is not None and guest is not None and owner is not guest:
            for method in ("pauseProducer", "resumeProducer", "closeProducer"):
                assert guest.refused(method, producerId=producer_id) == "not_found"

    @rule(number=numbers, victim=numbers, nobody=seldom)
    def mute(self, number: int, victim: int, nobody: bool) -> None:
        guest = self._someone(number)
        if guest is None:
            return
        whom = "p_nobody" if nobody else list(self.guests)[victim % len(self.guests)]
        microphones = self._microphones(whom)
        # A later epoch is a call that has moved here: someone without a microphone may still be on the former node.
        silenced = (self.epoch > 1 and not microphones) or not all(producer.paused for producer in microphones)
        refused = guest.refused("muteParticipant", participantId=whom)
        if ROLES[guest.id] != "staff":
            assert refused == "forbidden"
        elif guest.id == whom:
            assert refused == "bad_request"
        elif whom not in self.guests and self.epoch == 1:
            assert refused == "not_found"
        else:
            assert refused == ""
            assert all(producer.paused for producer in microphones)
            self.muted |= {whom} if silenced else set()

    @rule(number=numbers)
    def chat(self, number: int) -> None:
        guest = self._someone(number)
        if guest is not None:
            before = {other: other.connection.count("chat") for other in self.everyone}
            guest.request("sendChat", text="Hej", clientId="m")
            for other, count in before.items():
                present = self.guests.get(other.id) is other and other.peer.connected
                assert other.connection.count("chat") == count + present

    @rule(passed_s=seconds)
    def pass_time(self, passed_s: float) -> None:
        self.house.loop.pass_time(passed_s)
        now_s = self.house.loop.time()
        for who, since_s in sorted(self.lost_since_s.items(), key=lambda item: item[1]):
            expires_s = since_s + LOST_GRACE_S
            if expires_s <= now_s and not self._ends_without_staff_by(expires_s) and who in self.guests:
                self._gone(who, at_s=expires_s)
        if self._ends_without_staff_by(now_s):
            self._ended("no_staff")

    def _ends_without_staff_by(self, at_s: float) -> bool:
        ends_s = None if self.no_staff_since_s is None else self.no_staff_since_s + NO_STAFF_GRACE_S
        return bool(self.guests) and ends_s is not None and ends_s <= at_s

    @precondition(lambda self: "p_staff" in self.guests and self.guests["p_staff"].peer.connected)
    @rule(by_control=st.booleans(), really=seldom)
    def end(self, by_control: bool, really: bool) -> None:
        if not really:
            return
        if by_control:
            self.house.control("end_call")
        else:
            self.guests["p_staff"].request("endCall")
        self._ended("ended_by_control" if by_control else "ended_by_staff")

    # -- what must hold --------------------------------------------------------------------------------------------

    @invariant()
    def the_room_holds_exactly_these_people_once(self) -> None:
        room = self.house.calls.room("c_1")
        held = [] if room is None else [peer.id for peer in room.roster]
        assert sorted(held) == sorted(self.guests)
        assert self.house.calls.load() == (len(self.guests), 1 if self.guests else 0)

    @invariant()
    def everyone_connected_knows_the_call_from_what_they_were_told(self) -> None:
        for who, guest in self.guests.items():
            if not guest.peer.connected:
                continue
            others = {other: each for other, each in self.guests.items() if other != who}
            known = guest.connection
            assert known.people == {other: each.peer.connected for other, each in others.items()}
            streams = {p.id: p for each in others.values() for p in each.peer.producers.values()}
            if guest.subscribed:
                assert sorted(known.consumers.values()) == sorted(streams)
                assert all(known.paused[each] == producer.paused for each, producer in streams.items())
            else:
                assert known.consumers == {}

    @invariant()
    def nobody_hears_someone_who_is_muted(self) -> None:
        for who in self.muted:
            for producer in self._microphones(who):
                assert producer.paused
                assert all(stream.paused and not stream.sinks for stream in producer.streams)

    @invariant()
    def nobody_is_told_anything_after_their_end(self) -> None:
        """A connection that was closed is out of the call; FakeConnection itself refuses to be told more."""
        present = {id(guest) for guest in self.guests.values()}
        for guest in self.everyone:
            if id(guest) not in present:
                assert not guest.peer.connected
                assert not guest.peer.producers

    @invariant()
    def call_events_grow_and_end_once_for_each_epoch(self) -> None:
        events = self.house.events.all
        numbers = [(event["epoch"], event["seq"]) for event in events]
        assert numbers == sorted(set(numbers))
        ends = [event["epoch"] for event in events if event["ended"]]
        assert ends == list(range(1, self.epoch))
        if self.guests:
            told = {person["id"]: person["connected"] for person in events[-1]["participants"]}
            assert told == {who: guest.peer.connected for who, guest in self.guests.items()}

    # -- the model -------------------------------------------------------------------------------------------------

    def _someone(self, number: int) -> Guest | None:
        """One of those who are connected."""
        connected = self._connected()
        return connected[number % len(connected)] if connected else None

    def _connected(self) -> list[Guest]:
        return [guest for guest in self.guests.values() if guest.peer.connected]

    def _stream(self, number: int, which: int) -> tuple[Guest | None, str]:
        """One of the streams of someone who is connected."""
        guest = self._someone(number)
        streams = [] if guest is None else list(guest.peer.producers)
        return (guest, streams[which % len(streams)]) if streams else (None, "")

    def _microphones(self, who: str) -> list[Any]:
        producers = self.guests[who].peer.producers if who in self.guests else {}
        return [each for each in producers.values() if each.source == "microphone"]

    def _gone(self, who: str, at_s: float | None = None) -> None:
        del self.guests[who]
        self.lost_since_s.pop(who, None)
        self.muted.discard(who)
        if not self.guests:
            self._ended("empty")
        else:
            self._watch_staff(at_s)

    def _watch_staff(self, at_s: float | None = None) -> None:
        if any(ROLES[who] == "staff" and guest.peer.connected for who, guest in self.guests.items()):
            self.no_staff_since_s = None
        elif self.no_staff_since_s is None:
            self.no_staff_since_s = self.house.loop.time() if at_s is None else at_s

    def _ended(self, reason: str) -> None:
        last = self.house.events.all[-1]
        assert (last["ended"], last["end_reason"]) == (True, reason)
        for guest in self.guests.values():
            if guest.connection.closed_with != 1006:
                assert guest.connection.events[-1] == ("callEnded", {"reason": reason})
                assert guest.connection.closed_with == close_codes.CALL_ENDED
        for who, role in ROLES.items():
            with pytest.raises((JoinRefused, TokenRefused)):
                self.house.join(who, role, self.epoch)
        self.guests.clear()
        self.lost_since_s.clear()
        self.muted.clear()
        self.no_staff_since_s = None
        self.epoch += 1


CallMachine.TestCase.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnyCall = CallMachine.TestCase

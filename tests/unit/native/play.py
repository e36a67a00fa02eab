"""What happens to both houses alike: streams with losses and odd packets, feedback, wishes, moves, time."""

import struct
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from mediaserver.hot_path import PythonPath
from mediaserver.native_path import NativePath
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.rtp.rtcp import (
    ReportBlock,
    SenderReport,
    serialize_nack,
    serialize_pli,
    serialize_receiver_report,
    serialize_sender_report,
)
from mediaserver.rtp.transport_feedback import serialize_transport_feedback
from tests.media.stream import ClientStream, SimulcastStream
from tests.unit.native.sources import Source
from tests.unit.native.two_paths import Clock, House, KnownDtls, srtp_session

PUBLISHERS, RECEIVERS = 2, 3
RECEIVER_SSRC = 0x0FEEDBAC


class Play:
    """Both houses, the browsers' ends of everything, and the steps that may come."""

    def __init__(self, seed: int, certificate: Certificate) -> None:
        self.clock = Clock()
        self.dice = Random(seed)  # noqa: S311  # what happens has to happen again
        self.houses = [House(path, self.clock, seed, certificate) for path in (PythonPath(), NativePath())]
        self.present: House | None = None
        self.sources: list[Source] = []
        self.srtp: list[Any] = []
        self.late: list[tuple[int, bytes]] = []
        self.old: list[tuple[int, bytes]] = []
        self.lost: list[tuple[Source, int]] = []
        self.seen: list[list[tuple[int, int]]] = []
        self.told: list[list[int]] = []
        self.datagrams = 0
        self.steps: list[Callable[[int], None]] = [
            *[self.send] * 20,
            *[self.send_pictures] * 2,
            self.lose,
            self.delay,
            self.catch_up,
            self.send_again,
            self.probe,
            self.junk,
            self.replay,
            *[self.pass_time] * 3,
            *[self.ask_again] * 2,
            self.ask_for_keyframe,
            *[self.feed_back] * 2,
            self.report,
            self.sender_report,
            self.pause_consumer,
            self.change_view,
            self.pause_producer,
            self.move,
            self.close_consumer,
            self.jump,
        ]

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Clock, dice and handshakes are ours."""
        monkeypatch.setattr("time.monotonic_ns", self.clock.monotonic_ns)
        monkeypatch.setattr("time.time_ns", self.clock.time_ns)
        monkeypatch.setattr("secrets.randbits", self._randbits)
        monkeypatch.setattr("mediaserver.webrtc_transport.DtlsSrtp", KnownDtls)

    def _randbits(self, bits: int) -> int:
        return (self.present or self).dice.getrandbits(bits)

    def both(self, work: Callable[[House], Any]) -> None:
        """The same in both houses."""
        for house in self.houses:
            self.present = house
            work(house)
        self.present = None

    async def begin(self) -> None:
        """Two publishers with simulcast, a picture and two microphones; three who receive all of it."""
        for _ in range(PUBLISHERS + RECEIVERS):
            direction = "send" if len(self.srtp) < PUBLISHERS else "recv"
            for house in self.houses:
                self.present = house
                await house.open(direction)
            self.present = None
            self.srtp.append(srtp_session(len(self.srtp), inbound=False))
        self.seen = [[] for _ in self.srtp]
        self.told = [[] for _ in self.srtp]
        counters: list[list[int]] = [[0], [0]]
        simulcast = SimulcastStream("0", counters[0])
        single, microphones = ClientStream("video", "0", counters[1]), []
        microphones = [ClientStream("audio", "1", counters[index]) for index in range(PUBLISHERS)]
        self.sources = [Source(0, stream, self.dice) for stream in simulcast.layers]
        self.sources += [Source(1, single, self.dice)]
        self.sources += [Source(index, stream, self.dice) for index, stream in enumerate(microphones)]
        self.both(lambda house: house.produce(0, "video", simulcast.rtp_parameters()))
        self.both(lambda house: house.produce(1, "video", single.rtp_parameters()))
        for index, microphone in enumerate(microphones):
            self._produce_sound(index, microphone.rtp_parameters())
        for receiver in range(PUBLISHERS, PUBLISHERS + RECEIVERS):
            for producer in range(4):
                self._consume(receiver, producer)
        self.compare()

    def _produce_sound(self, at: int, parameters: dict[str, Any]) -> None:
        self.both(lambda house: house.produce(at, "audio", parameters))

    def _consume(self, receiver: int, producer: int) -> None:
        self.both(lambda house: house.consume(receiver, producer))

    def _check(self, at: int) -> None:
        self.both(lambda house: house.check(at))

    def step(self, number: int, argument: int) -> None:
        """One thing happens, and both houses have done the same."""
        self.clock.now_us += 500
        self.steps[number % len(self.steps)](argument)
        self.compare()

    def compare(self) -> None:
        """Every datagram is the same to the byte, in the same order."""
        for index in range(len(self.srtp)):
            by_python, by_native = (house.browsers[index].received() for house in self.houses)
            by_python, by_native = _without_checks(by_python), _without_checks(by_native)
            if by_native != by_python:
                pytest.fail(_difference(index, by_python, by_native))
            self.datagrams += len(by_python)
            for datagram in by_python:
                self._take_note(index, datagram)

    def compare_figures(self) -> None:
        """What is counted is the same."""
        by_python, by_native = (house.figures() for house in self.houses)
        assert by_native == by_python

    def _take_note(self, index: int, datagram: bytes) -> None:
        if 192 <= datagram[1] <= 223:
            return
        seq, ssrc = struct.unpack_from("!H", datagram, 2)[0], struct.unpack_from("!I", datagram, 8)[0]
        self.seen[index] = [*self.seen[index][-40:], (ssrc, seq)]
        if datagram[16] >> 4 == 3:
            self.told[index].append(struct.unpack_from("!H", datagram, 17)[0])

    # -- publishers --------------------------------------------------------------------------------------------------

    def _source(self, argument: int) -> Source:
        return self.sources[argument % len(self.sources)]

    def _make(self, source: Source) -> tuple[int, bytes]:
        layout = self.dice.randrange(9) if self.dice.random() < 0.06 else 0
        size = self.dice.choice([1, 20, 200, 900, 1100])
        seq, packet = source.packet(layout, keyframe=self.dice.random() < 0.15, size=size)
        # libsrtp itself makes no packet whose header does not fit.
        return seq, packet if layout == 7 else self.srtp[source.browser].protect(packet)

    def _arrive(self, browser: int, datagram: bytes) -> None:
        self.old = [*self.old[-30:], (browser, datagram)]
        self.both(lambda house: house.send(browser, datagram))

    def send(self, argument: int) -> None:
        """The next packets of a stream, in order."""
        source = self._source(argument)
        for _ in range(1 + argument % 4):
            self._arrive(source.browser, self._make(source)[1])

    def send_pictures(self, argument: int) -> None:
        """Packets of a picture, most of one size, and now and then of another publisher among them, come at once."""
        source, size, datagrams = self._source(argument), self.dice.choice([20, 1000, 1180]), []
        for _ in range(2 + argument % 24):
            now = self._source(self.dice.getrandbits(8)) if self.dice.random() < 0.1 else source
            packet = now.packet(0, keyframe=False, size=size + self.dice.choice([0] * 8 + [1, -1]))[1]
            datagrams.append((now.browser, self.srtp[now.browser].protect(packet)))
        self.old = [*self.old, *datagrams][-31:]
        self.both(lambda house: house.send_at_once(datagrams))

    def lose(self, argument: int) -> None:
        """A packet never arrives."""
        source = self._source(argument)
        self.lost.append((source, self._make(source)[0]))

    def delay(self, argument: int) -> None:
        """A packet comes later than the next ones."""
        source = self._source(argument)
        self.late.append((source.browser, self._make(source)[1]))

    def catch_up(self, argument: int) -> None:
        """Late packets come."""
        for browser, datagram in self.late[:4]:
            self._arrive(browser, datagram)
        del self.late[:4]

    def send_again(self, argument: int) -> None:
        """A lost packet, or one that came already, is sent over RTX."""
        source = self._source(argument)
        if self.lost and argument % 3:
            source, seq = self.lost.pop(0)
        elif source.sent:
            seq = self.dice.choice(list(source.sent))
        else:
            return
        if source.is_video and seq in source.sent:
            self._arrive(source.browser, self.srtp[source.browser].protect(source.retransmission(seq)))

    def probe(self, argument: int) -> None:
        """Padding over RTX."""
        source = self._source(argument)
        if source.is_video:
            source.stream._rtx_sequence_number = source.rtx_seq
            source.rtx_seq += 1
            self._arrive(source.browser, self.srtp[source.browser].protect(source.stream.probe()))

    def jump(self, argument: int) -> None:
        """The publisher leaves out very many, and goes on: a second jump before would be one backwards."""
        source = self._source(argument)
        source.seq = (source.seq + self.dice.choice([2, 600, 5_000, 20_000])) & 0xFFFF
        self._arrive(source.browser, self._make(source)[1])

    def junk(self, argument: int) -> None:
        """Not what was sent, from where it would come."""
        browser = argument % PUBLISHERS
        datagram = bytearray(self.old[-1][1] if self.old and argument % 2 else self.dice.randbytes(argument % 90 + 1))
        for _ in range(3):
            datagram[self.dice.randrange(len(datagram))] = self.dice.getrandbits(8)
        if datagram[0] > 3:  # no ICE checks, whose answers have the port in them
            self.both(lambda house: house.send(browser, bytes(datagram)))

    def replay(self, argument: int) -> None:
        """What came once comes again, from the same or from another address."""
        if self.old:
            browser, datagram = self.dice.choice(self.old)
            self.both(lambda house: house.send((browser + argument % 2) % PUBLISHERS, datagram))

    def sender_report(self, argument: int) -> None:
        """The publisher's clocks."""
        source = self._source(argument)
        ntp = (self.clock.now_us << 32) // 1_000_000
        report = serialize_sender_report(SenderReport(source.stream.ssrc, ntp, source.timestamp, 1, 1))
        self._rtcp(source.browser, report)

    def pause_producer(self, argument: int) -> None:
        """Pause or resume."""
        self.both(lambda house: house.router.set_paused(house.producers[argument % 4], argument % 5 == 0))

    # -- receivers ---------------------------------------------------------------------------------------------------

    def _receiver(self, argument: int) -> int:
        return PUBLISHERS + argument % RECEIVERS

    def _rtcp(self, browser: int, packet: bytes) -> None:
        datagram = self.srtp[browser].protect_rtcp(packet)
        self.both(lambda house: house.send(browser, datagram))

    def ask_again(self, argument: int) -> None:
        """NACK of packets that came, or never were."""
        receiver = self._receiver(argument)
        if self.seen[receiver]:
            ssrc, seq = self.dice.choice(self.seen[receiver])
            lost = [(seq + distance) & 0xFFFF for distance in (0, 1, 5, 40)[: 1 + argument % 4]]
            self._rtcp(receiver, serialize_nack(RECEIVER_SSRC, ssrc, lost))

    def ask_for_keyframe(self, argument: int) -> None:
        """PLI."""
        receiver = self._receiver(argument)
        if self.seen[receiver]:
            self._rtcp(receiver, serialize_pli(RECEIVER_SSRC, self.seen[receiver][-1][0]))

    def feed_back(self, argument: int) -> None:
        """Transport-wide feedback of what came since the last time, some of it lost."""
        receiver = self._receiver(argument)
        numbers, self.told[receiver] = self.told[receiver][:400], []
        if not numbers:
            return
        deltas: list[int | None] = [self.dice.choice([None, 0, 1, 1, 2, 3, 40] + [1] * 30) for _ in numbers]
        if any(delta is not None for delta in deltas):
            reference = self.clock.now_us // 64_000
            message = serialize_transport_feedback(
                RECEIVER_SSRC,
                self.seen[receiver][-1][0],
                base_sequence_number=numbers[0],
                reference_time=reference,
                feedback_count=argument & 0xFF,
                deltas=deltas,
            )
            self._rtcp(receiver, message)

    def report(self, argument: int) -> None:
        """A receiver report."""
        receiver = self._receiver(argument)
        if self.seen[receiver]:
            ssrc, seq = self.seen[receiver][-1]
            block = ReportBlock(ssrc, argument & 0xFF, argument, seq, argument, 0, 0)
            self._rtcp(receiver, serialize_receiver_report(RECEIVER_SSRC, [block]))

    def pause_consumer(self, argument: int) -> None:
        """Pause or resume."""
        self.both(lambda house: _pause(_consumer(house, argument), paused=argument % 7 == 0))

    def change_view(self, argument: int) -> None:
        """The tile has another size, or none."""
        argument = argument - 4 if argument % 6 == 4 and argument % 5 else argument
        height = (720, 90, 180, 360, 0, 1080)[argument % 6]
        self.both(lambda house: _consumer(house, argument // 6).set_view(height * 2, height, pinned=False))

    def move(self, argument: int) -> None:
        """A browser's network changes."""
        if argument % 4:
            return
        index = argument // 4 % len(self.srtp)
        self.both(lambda house: house.browsers[index].move())
        self.both(lambda house: house.check(index))

    def close_consumer(self, argument: int) -> None:
        """A receiver leaves a stream and takes it again."""
        self.both(lambda house: _reopen(house, argument))

    # -- time --------------------------------------------------------------------------------------------------------

    def pass_time(self, argument: int) -> None:
        """Some time passes; both clocks tick in it."""
        self.clock.now_us += argument * 300
        self.both(lambda house: house.tick_urgent())
        if argument % 3 == 0:
            for index in range(len(self.srtp)):
                if argument % 5 == index:
                    self._check(index)
            self.both(lambda house: house.tick())


def _without_checks(datagrams: list[bytes]) -> list[bytes]:
    return [datagram for datagram in datagrams if datagram[0] > 3]


def _difference(index: int, by_python: list[bytes], by_native: list[bytes]) -> str:
    heads = [[datagram[:24].hex(" ", 4) + f" {len(datagram)}" for datagram in each] for each in (by_python, by_native)]
    return f"browser {index} was sent\n" + "\n".join(heads[0]) + "\nby Python, and\n" + "\n".join(heads[1])


def _consumer(house: House, argument: int) -> Any:
    return house.consumers[argument % len(house.consumers)]


def _pause(consumer: Any, *, paused: bool) -> None:
    if paused:
        consumer.pause()
    else:
        consumer.resume()


def _reopen(house: House, argument: int) -> None:
    place = argument % len(house.consumers)
    consumer = house.consumers.pop(place)
    house.router.close_consumer(consumer)
    producer = next(at for at, each in enumerate(house.producers) if each.id == consumer.producer_id)
    transports = [browser.transport.id for browser in house.browsers]
    house.consume(transports.index(consumer.transport_id), producer)

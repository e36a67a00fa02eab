"""SNS and SES as fakes that look at what they are given, and refuse, or die, when told."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.errors import Throttled, Unavailable
from tests.fakes import FakeClock
from tests.promises.fuse import Fuse


@dataclass(frozen=True, slots=True)
class Letter:
    """One SMS or e-mail that a carrier has taken."""

    channel: str
    to: str
    text: str
    message_id: str
    provider_id: str
    at: datetime


@dataclass
class Carriers:
    """Both of them. `throttled` and `down`: how many more calls fail so. `died_holding`: messages that a carrier has taken
    and nobody lived to note, which therefore go out again (services/send_outbox.py)."""

    fuse: Fuse
    clock: FakeClock
    taken: list[Letter] = field(default_factory=list)
    throttled: int = 0
    down: int = 0
    died_holding: Counter[str] = field(default_factory=Counter)
    told_lost: set[str] = field(default_factory=set)

    def take(self, channel: str, to: str, text: str, message_id: str) -> str:
        """The carrier's id. Raises Throttled, Unavailable, and Crash."""
        self.fuse.step()
        if self.throttled:
            self.throttled -= 1
            raise Throttled("the carrier asks for patience")
        if self.down:
            self.down -= 1
            raise Unavailable("the carrier does not answer")
        provider_id = f"{channel}-{len(self.taken)}"
        self.taken.append(Letter(channel, to, text, message_id, provider_id, self.clock.now()))
        self.fuse.step()
        return provider_id


@dataclass
class Sms:
    carriers: Carriers

    def send(self, to_e164: str, text: str, message_id: str) -> str:
        return self.carriers.take("sms", to_e164, text, message_id)


@dataclass
class Email:
    carriers: Carriers

    def send(self, to: str, subject: str, text: str, message_id: str, calendar: object = None) -> str:
        return self.carriers.take("email", to, f"{subject}\n{text}", message_id)

"""All ports at once, each a fake, for use cases and edges under test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import CalendarPart
from chalicelib.domain.commission import StaffIdentity
from chalicelib.domain.eid import EidProvider
from chalicelib.domain.local_time import local_date
from chalicelib.domain.visit import Visit
from chalicelib.errors import StaleLogin, Unavailable
from chalicelib.services.ports import AccessLog, ImportedBookings
from chalicelib.settings import Settings
from tests.builders import INTEGRATION_KEY, LINK_KEY, NOW, ORG, PATIENT_KEY
from tests.fake_bookings import FakeBookings
from tests.fakes import FakeClock, FakeEid, FakeRateLimits, FakeRegister, FakeStore

JOIN_KEY = Ed25519PrivateKey.generate()


def settings() -> Settings:
    """Settings of a test organisation; the join key is made anew for each test run."""
    return Settings(
        stage="test",
        public_url="https://vardrum.example",
        org_id=ORG,
        link_key=LINK_KEY,
        patient_key=PATIENT_KEY,
        integration_key=INTEGRATION_KEY,
        join_key_pem=JOIN_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        join_key_id="join-1",
        oidc_issuer="https://idp.example",
        oidc_client_id="vardrum",
        oidc_client_secret="",
        bankid_url="https://bankid.example/rp/v6.0",
        bankid_cert="",
        bankid_key="",
        eid_app_url="",
        eid_providers=("bankid", "freja"),
        register_url="https://register.example",
        outbox_dead_queue_url="",
    )


@dataclass
class FakeSender:
    """SMS or e-mail that arrives in `sent` as (address, text, message id); `failures` are raised first."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def _deliver(self, to: str, text: str, message_id: str) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((to, text, message_id))
        return f"provider-{len(self.sent)}"


class FakeSms(FakeSender):
    def send(self, to_e164: str, text: str, message_id: str) -> str:
        return self._deliver(to_e164, text, message_id)


@dataclass
class FakeEmail(FakeSender):
    """`calendars`: the calendar part of each letter that was sent, None where it had none."""

    calendars: list[CalendarPart | None] = field(default_factory=list)

    def send(self, to: str, subject: str, text: str, message_id: str, calendar: CalendarPart | None = None) -> str:
        provider_id = self._deliver(to, text, message_id)
        self.calendars.append(calendar)
        return provider_id


@dataclass
class FakeLivePush:
    """Sockets that are in `gone` are gone; what the others got is in `pushed`."""

    pushed: list[tuple[str, bytes]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def push(self, connection_id: str, payload: bytes) -> bool:
        if connection_id in self.gone:
            return False
        self.pushed.append((connection_id, payload))
        return True


@dataclass
class FakeMediaFleet:
    controls: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False
    gone: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def control(self, internal_url: str, token: str) -> None:
        if self.down:
            raise Unavailable("the node does not answer")
        self.controls.append((internal_url, token))

    def is_there(self, internal_url: str, node_id: str) -> bool:
        self.asked.append(node_id)
        return node_id not in self.gone


@dataclass
class FakeDeadLetters:
    """What was given up, as (message id, channel, failure)."""

    buried: list[tuple[str, str, str]] = field(default_factory=list)

    def bury(self, message_id: str, channel: str, failure: str) -> None:
        self.buried.append((message_id, channel, failure))


@dataclass
class FakeIdentityProvider:
    """Knows the codes in `identities`; everything else is a stale login."""

    identities: dict[str, StaffIdentity] = field(default_factory=dict)

    def authorization_url(self, state: str, nonce: str, code_challenge: str) -> str:
        return f"https://idp.example/authorize?state={state}&nonce={nonce}&code_challenge={code_challenge}"

    def exchange(self, code: str, code_verifier: str, nonce: str) -> StaffIdentity:
        if code not in self.identities:
            raise StaleLogin("the provider does not know the code")
        return self.identities[code]

    def logout_url(self) -> str:
        return "https://idp.example/logout"


class FakeAccessLog:
    """What the fake store holds of the access log."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def of_day(self, org_id: str, day: date, before: str, limit: int) -> list[AuditEntry]:
        return self._newest(before, limit, lambda e: e.org_id == org_id and local_date(e.at) == day)

    def of_patient(self, org_id: str, patient_id: str, since: datetime, before: str, limit: int) -> list[AuditEntry]:
        return self._newest(
            before, limit, lambda e: e.org_id == org_id and e.patient_id == patient_id and e.at >= since
        )

    def _newest(self, before: str, limit: int, wanted: Callable[[AuditEntry], bool]) -> list[AuditEntry]:
        found = [e for e in self._store.of(AuditEntry) if e.position < before and wanted(e)]
        return sorted(found, key=lambda e: e.position, reverse=True)[:limit]


@dataclass
class FakeArchive:
    """What was stored under each key, version by version."""

    stored: dict[str, list[bytes]] = field(default_factory=dict)
    down: bool = False

    def store(self, key: str, document: bytes) -> None:
        if self.down:
            raise Unavailable("the archive does not answer")
        self.stored.setdefault(key, []).append(document)


@dataclass
class FakePorts:
    """`real_log` and `real_bookings`: in place of the fake store's own, where the store is a real one."""

    settings: Settings = field(default_factory=settings)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    store: FakeStore = field(default_factory=FakeStore)
    rate_limits: FakeRateLimits = field(default_factory=FakeRateLimits)
    register: FakeRegister = field(default_factory=FakeRegister)
    eid: FakeEid = field(default_factory=FakeEid)
    freja: FakeEid = field(default_factory=lambda: FakeEid("freja"))
    identity_provider: FakeIdentityProvider = field(default_factory=FakeIdentityProvider)
    sms: FakeSms = field(default_factory=FakeSms)
    email: FakeEmail = field(default_factory=FakeEmail)
    live_push: FakeLivePush = field(default_factory=FakeLivePush)
    media_fleet: FakeMediaFleet = field(default_factory=FakeMediaFleet)
    dead_letters: FakeDeadLetters = field(default_factory=FakeDeadLetters)
    access_log_archive: FakeArchive = field(default_factory=FakeArchive)
    real_log: AccessLog | None = None
    real_bookings: ImportedBookings | None = None

    @property
    def bookings(self) -> ImportedBookings:
        return self.real_bookings or FakeBookings(self.store)

    @property
    def access_log(self) -> AccessLog:
        return self.real_log or FakeAccessLog(self.store)

    def stored(self, visit: Visit) -> Visit:
        """The visit as it stands now."""
        now = self.store.visit(visit.visit_id)
        assert now is not None
        return now

    def eid_of(self, provider: EidProvider) -> FakeEid:
        return self.freja if provider == "freja" else self.eid

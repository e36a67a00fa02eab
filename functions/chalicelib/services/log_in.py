"""Staff log in by OpenID Connect: authorization code with state, nonce and PKCE (L1; RFC 6749, RFC 7636, RFC 9700)."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Delete, Put
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.ids import new_secret, secret_hash
from chalicelib.domain.local_path import local_path
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.session import PendingLogin, StaffSession
from chalicelib.domain.staff import Staff, StaffIdentity
from chalicelib.errors import NotAllowed, StaleLogin
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import staff_expiry

LOGIN_LASTS = timedelta(minutes=10)
STARTS_PER_ADDRESS, STARTS_WINDOW_S = 600, 600
ANSWERS_PER_LOGIN = 5  # each makes us ask the identity provider


@dataclass(frozen=True, slots=True, repr=False)
class StartedLogin(Concealed):
    """Send the browser to `url` with `secret` as its login cookie."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True, repr=False)
class CompletedLogin(Concealed):
    """`secret` is the session cookie; `return_to` a path of our own."""

    secret: str
    return_to: str


def start_login(ports: Ports, return_to: str, address: str) -> StartedLogin:
    """`address` is the caller's: a whole hospital may share one. Raises TooManyAttempts, and IdpUnavailable.

    Then nothing is stored.
    """
    name = hashed_address(ports.settings.link_key, address)
    ports.rate_limits.hit(f"login#{name}", STARTS_PER_ADDRESS, STARTS_WINDOW_S)
    secret, state, nonce, verifier = (new_secret() for _ in range(4))
    url = ports.identity_provider.authorization_url(state, nonce, _challenge(verifier))
    pending = PendingLogin(
        session_hash=secret_hash(secret),
        state_hash=secret_hash(state),
        nonce=nonce,
        code_verifier=verifier,
        return_to=local_path(return_to),
        expires_at=ports.clock.now() + LOGIN_LASTS,
    )
    ports.store.commit([Create(pending)])
    return StartedLogin(url, secret)


def complete_login(ports: Ports, secret: str, state: str, code: str) -> CompletedLogin:
    """The provider's answer becomes a session, if this browser asked for it and the person is our staff.

    Raises StaleLogin, IdpUnavailable, TooManyAttempts, and NotAllowed (`not_staff`) for someone else's clinician.
    """
    pending = _pending(ports, secret, state)
    ports.rate_limits.hit(f"answer#{pending.session_hash}", ANSWERS_PER_LOGIN, STARTS_WINDOW_S)
    identity = ports.identity_provider.exchange(code, pending.code_verifier, pending.nonce)
    member, organisation = _member(ports, identity)
    session_secret = new_secret()
    session = _session(ports, session_secret, member, organisation)
    entry = by_staff(session.staff, "session.start", session.created_at)
    ports.store.commit([Delete(pending), Create(session), Put(entry)])
    return CompletedLogin(session_secret, pending.return_to)


def return_to_of(ports: Ports, secret: str) -> str:
    """Where this browser's login under way was to lead, `/` when there is none: a login that failed is begun anew."""
    pending = ports.store.session(secret_hash(secret), ports.clock.now()) if secret else None
    return pending.return_to if isinstance(pending, PendingLogin) else "/"


def _challenge(verifier: str) -> str:
    """RFC 7636 4.2, S256."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _pending(ports: Ports, secret: str, state: str) -> PendingLogin:
    pending = ports.store.session(secret_hash(secret), ports.clock.now()) if secret else None
    if not isinstance(pending, PendingLogin):
        raise StaleLogin("this browser has no login under way")
    if not hmac.compare_digest(pending.state_hash, secret_hash(state)):
        raise StaleLogin("the answer is of another login")
    return pending


def _member(ports: Ports, identity: StaffIdentity) -> tuple[StaffMember, Organisation]:
    """The person in this organisation, on a commission for it."""
    org_id = ports.settings.org_id
    organisation = ports.store.organisation(org_id)
    member = ports.store.staff_member(org_id, identity.hsa_id)
    if organisation is None or member is None:
        raise NotAllowed("not staff of this organisation", code="not_staff")
    if identity.care_provider_hsa_id != organisation.care_provider_hsa_id:
        raise NotAllowed("the commission is for another care provider", code="not_staff")
    return member, organisation


def _session(ports: Ports, secret: str, member: StaffMember, organisation: Organisation) -> StaffSession:
    now = ports.clock.now()
    return StaffSession(
        session_hash=secret_hash(secret),
        csrf_token=new_secret(),
        staff=_staff(member),
        org_name=organisation.name,
        join_button_text=organisation.join_button_text,
        created_at=now,
        expires_at=staff_expiry(now, now),
    )


def _staff(member: StaffMember) -> Staff:
    return Staff(
        org_id=member.org_id,
        unit_id=member.unit_id,
        unit_name=member.unit_name,
        hsa_id=member.hsa_id,
        given_name=member.given_name,
        family_name=member.family_name,
        roles=member.roles,
    )

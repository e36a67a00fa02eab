"""An ICE-lite agent: it answers checks, keeps the nominated address and never sends a check (RFC 8445 section 2.5)."""

import secrets
from dataclasses import dataclass, field

from mediaserver.net.stun import Address, BindingRequest

# Without a check for this long the browser has given up its consent to be sent to (RFC 7675 section 5.1).
CONSENT_MS = 30_000
MAX_ADDRESSES = 8


@dataclass(frozen=True)
class IceCredentials:
    """What the browser signs its checks with; at least 24 and 128 bits (RFC 8839 section 5.4)."""

    username_fragment: str = field(default_factory=lambda: secrets.token_hex(8))
    password: str = field(default_factory=lambda: secrets.token_hex(16))


class IceLite:
    """ICE state of one transport."""

    def __init__(self) -> None:
        self.credentials = IceCredentials()
        # The credentials before a restart stay good until the first check with the new ones.
        self.previous: IceCredentials | None = None
        self.selected: Address | None = None
        self.addresses: list[Address] = []
        self._checked_at_ms = 0.0

    def restart(self) -> IceCredentials | None:
        """Make new credentials; return those that are of no use any more."""
        forgotten = self.previous
        self.previous, self.credentials = self.credentials, IceCredentials()
        return forgotten

    def signed_with(self, request: BindingRequest) -> IceCredentials | None:
        """The credentials a check was signed with, None if with neither: then nothing may be answered."""
        for credentials in (self.credentials, self.previous):
            if credentials is not None and credentials.username_fragment == request.local_fragment:
                return credentials if request.is_signed_with(credentials.password) else None
        return None

    def accept(self, request: BindingRequest, address: Address, now_ms: float) -> Address | None:
        """Take in an authenticated check; return an address that had to make room for this one."""
        self._checked_at_ms = now_ms
        if request.nominates or self.selected is None:
            self.selected = address
        if address in self.addresses:
            return None
        self.addresses.append(address)
        return self._oldest_unused() if len(self.addresses) > MAX_ADDRESSES else None

    def has_consent(self, now_ms: float) -> bool:
        """Whether the browser has checked lately, so that it may be sent to."""
        return self.selected is not None and now_ms - self._checked_at_ms <= CONSENT_MS

    def _oldest_unused(self) -> Address:
        oldest = next(address for address in self.addresses if address != self.selected)
        self.addresses.remove(oldest)
        return oldest

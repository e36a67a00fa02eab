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
        # The credentials before a restart stay good until the browser has nominated a pair with the new ones.
        self.previous: IceCredentials | None = None
        self.selected: Address | None = None
        # When the last check came from each address; consent is an address' own (RFC 7675 section 5.1).
        self.addresses: dict[Address, float] = {}

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
        self.addresses[address] = now_ms
        if request.nominates or self.selected is None:
            self.selected = address
        return self._longest_silent() if len(self.addresses) > MAX_ADDRESSES else None

    def end_restart(self, request: BindingRequest, credentials: IceCredentials) -> IceCredentials | None:
        """After a nomination signed with the new credentials, forget and return those of before, if there are any."""
        if self.previous is None or credentials is self.previous or not request.nominates:
            return None
        forgotten, self.previous = self.previous, None
        return forgotten

    def has_consent(self, now_ms: float) -> bool:
        """Whether the browser has lately checked from the selected address, so that it may be sent to."""
        return self.selected is not None and now_ms - self.addresses[self.selected] <= CONSENT_MS

    def _longest_silent(self) -> Address:
        silent = min((each for each in self.addresses if each != self.selected), key=self.addresses.__getitem__)
        del self.addresses[silent]
        return silent

"""ICE-lite answers only signed checks, follows nominations, and survives a restart (RFC 8445, RFC 7675)."""

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.net.ice_lite import CONSENT_MS, MAX_ADDRESSES, IceCredentials, IceLite
from mediaserver.net.stun import StunMalformed, parse_binding_request

BROWSER = ("192.0.2.1", 5000)


def check(
    credentials: IceCredentials, *, password: str = "", nominate: bool = True, role: str = "ICE-CONTROLLING"
) -> bytes:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = f"{credentials.username_fragment}:browser"
    request.attributes[role] = 7
    if nominate:
        request.attributes["USE-CANDIDATE"] = None
    request.add_message_integrity((password or credentials.password).encode())
    return bytes(request)


def accept(ice: IceLite, address: tuple[str, int], *, nominate: bool = True, now_ms: float = 0.0) -> None:
    request = parse_binding_request(check(ice.credentials, nominate=nominate))
    assert ice.signed_with(request) == ice.credentials
    ice.accept(request, address, now_ms)


def test_check_with_the_wrong_password_is_not_signed() -> None:
    ice = IceLite()
    request = parse_binding_request(check(ice.credentials, password="wrong"))
    assert ice.signed_with(request) is None


def test_answer_is_signed_and_tells_the_browser_its_address() -> None:
    ice = IceLite()
    request = parse_binding_request(check(ice.credentials))
    answer = stun.parse_message(request.success(BROWSER, ice.credentials.password))
    assert answer.message_class == stun.Class.RESPONSE
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == BROWSER
    assert answer.check_message_integrity(ice.credentials.password.encode())


def test_ipv6_address_is_told_without_its_scope() -> None:
    request = parse_binding_request(check(IceCredentials()))
    for host in ("2001:db8::7", "fe80::7%lo"):
        answer = stun.parse_message(request.success((host, 5000, 0, 1), "x" * 22))
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == (host.removesuffix("%lo"), 5000)


def test_browser_that_takes_our_role_is_told_of_the_conflict() -> None:
    ice = IceLite()
    request = parse_binding_request(check(ice.credentials, role="ICE-CONTROLLED"))
    assert request.claims_controlled
    answer = stun.parse_message(request.role_conflict(ice.credentials.password))
    assert (answer.message_class, answer.error_code) == (stun.Class.ERROR, 487)


def test_media_goes_to_the_nominated_address() -> None:
    ice = IceLite()
    accept(ice, ("192.0.2.1", 1), nominate=False)
    assert ice.selected == ("192.0.2.1", 1)
    accept(ice, ("192.0.2.2", 2), nominate=False)
    assert ice.selected == ("192.0.2.1", 1)
    accept(ice, ("192.0.2.2", 2))
    assert ice.selected == ("192.0.2.2", 2)


def test_remembered_addresses_are_bounded_and_the_selected_one_stays() -> None:
    ice = IceLite()
    accept(ice, BROWSER, now_ms=-1.0)
    displaced = []
    for port in range(100):
        request = parse_binding_request(check(ice.credentials, nominate=False))
        displaced.append(ice.accept(request, ("192.0.2.9", port), float(port)))
    assert len(ice.addresses) == MAX_ADDRESSES
    assert BROWSER in ice.addresses
    longest_silent = [("192.0.2.9", port) for port in range(101 - MAX_ADDRESSES)]
    assert [address for address in displaced if address is not None] == longest_silent


def test_consent_ends_without_checks() -> None:
    ice = IceLite()
    assert not ice.has_consent(0.0)
    accept(ice, BROWSER, now_ms=1000.0)
    assert ice.has_consent(1000.0 + CONSENT_MS)
    assert not ice.has_consent(1001.0 + CONSENT_MS)
    accept(ice, BROWSER, now_ms=90_000.0)
    assert ice.has_consent(90_000.0)


def test_consent_is_of_the_address_that_the_media_goes_to() -> None:
    ice = IceLite()
    accept(ice, BROWSER, now_ms=0.0)
    accept(ice, ("192.0.2.2", 2), nominate=False, now_ms=CONSENT_MS)
    assert not ice.has_consent(1.0 + CONSENT_MS)
    accept(ice, ("192.0.2.2", 2), now_ms=CONSENT_MS)
    assert ice.has_consent(1.0 + CONSENT_MS)


def test_restart_is_over_with_the_first_nomination_by_the_new_credentials() -> None:
    ice = IceLite()
    first = ice.credentials
    ice.restart()
    nomination = parse_binding_request(check(ice.credentials))
    assert ice.end_restart(parse_binding_request(check(first)), first) is None
    assert ice.end_restart(parse_binding_request(check(ice.credentials, nominate=False)), ice.credentials) is None
    assert ice.signed_with(parse_binding_request(check(first))) == first
    assert ice.end_restart(nomination, ice.credentials) == first
    assert ice.signed_with(parse_binding_request(check(first))) is None
    assert ice.end_restart(nomination, ice.credentials) is None


def test_restart_makes_new_credentials_and_keeps_the_last_ones_for_a_while() -> None:
    ice = IceLite()
    first = ice.credentials
    assert ice.restart() is None
    second = ice.credentials
    assert second != first
    assert ice.signed_with(parse_binding_request(check(first))) == first
    assert ice.signed_with(parse_binding_request(check(second))) == second
    assert ice.restart() == first
    assert ice.signed_with(parse_binding_request(check(first))) is None


def test_what_stands_behind_the_signature_is_not_believed() -> None:
    """RFC 8489 section 14.5: attributes after MESSAGE-INTEGRITY, but for FINGERPRINT, are ignored."""
    credentials = IceCredentials()
    signed = check(credentials, nominate=False)[:-8]
    longer = signed + bytes.fromhex("00250000")
    request = parse_binding_request(longer[:2] + (len(longer) - 20).to_bytes(2, "big") + longer[4:])
    assert not request.nominates
    assert request.is_signed_with(credentials.password)


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_check_with_any_other_byte_is_refused(place: int, flipped: int) -> None:
    credentials = IceCredentials()
    data = bytearray(check(credentials))
    data[place % (len(data) - 8)] ^= flipped  # before FINGERPRINT
    with pytest.raises(StunMalformed):
        parse_binding_request(bytes(data))

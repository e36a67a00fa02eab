"""The cookie of a login under way: ours or nothing, and where it leads back to (L1)."""

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.local_path import local_path
from chalicelib.domain.login_cookie import Use, login_cookie, new_login, read_login_cookie
from tests.builders import LINK_KEY, NOW, PATIENT_KEY

USES: tuple[Use, ...] = ("state", "nonce", "code_verifier", "marker")
# What browsers take out before they look (tab, line ends) or read as a slash.
HOSTILE = st.text(alphabet=st.sampled_from("/\\\t\r\n @:.?#%abhost"), max_size=20).map(lambda rest: f"/{rest}")


def test_a_login_comes_back_as_it_was_begun() -> None:
    login = new_login("/besok/v_1?flik=chatt", NOW + timedelta(minutes=10))
    assert read_login_cookie(LINK_KEY, login_cookie(LINK_KEY, login)) == login
    assert (login.return_to, login.has_ended(NOW), login.has_ended(NOW + timedelta(minutes=10))) == (
        "/besok/v_1?flik=chatt",
        False,
        True,
    )


def test_no_secret_of_the_login_can_be_read_in_its_cookie() -> None:
    """OpenID Connect Core 15.5.2, RFC 7636 7.1: a thief of the cookie still cannot make state, nonce or proof key."""
    login = new_login("/", NOW)
    cookie = login_cookie(LINK_KEY, login)
    secrets = {login.secret(LINK_KEY, use) for use in USES}
    assert len(secrets) == len(USES)
    assert not any(secret in cookie for secret in secrets)
    assert secrets.isdisjoint(login.secret(PATIENT_KEY, use) for use in USES)
    assert secrets.isdisjoint(new_login("/", NOW).secret(LINK_KEY, use) for use in USES)
    assert {len(secret) for secret in secrets} == {43}


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=127))
def test_a_cookie_with_any_one_character_changed_is_none(place: int, by: int) -> None:
    """The signature is of the bytes that are read: what decodes to the same is the same."""
    login = new_login("/besok/v_1", NOW)
    cookie = login_cookie(LINK_KEY, login)
    at = place % len(cookie)
    changed = cookie[:at] + chr((ord(cookie[at]) + by) % 128) + cookie[at + 1 :]
    assert read_login_cookie(LINK_KEY, changed) in {None, login}


def test_a_cookie_of_another_key_is_none() -> None:
    assert read_login_cookie(PATIENT_KEY, login_cookie(LINK_KEY, new_login("/", NOW))) is None


@given(st.text(max_size=200))
@example("." * 5000)
@example("é.é")
@example("a.b")
def test_whatever_else_a_browser_sends_is_none(cookie: str) -> None:
    assert read_login_cookie(LINK_KEY, cookie) is None


@given(st.one_of(st.text(max_size=60), HOSTILE, st.from_regex(r"/[!-~]{0,40}", fullmatch=True)))
def test_a_login_never_leads_to_another_site(text: str) -> None:
    """RFC 9700 4.11: resolved as a browser does, any way back is on our own origin."""
    ours = "https://vardrum.example/logga-in"
    way_back = new_login(text, NOW).return_to
    dropped = way_back.translate({ord(each): None for each in "\t\r\n"}).replace("\\", "/")
    assert urlsplit(urljoin(ours, dropped)).netloc == "vardrum.example"
    assert way_back in {text, "/"}
    assert way_back.isascii()
    assert way_back.isprintable()


@given(
    st.from_regex(r"/(besok|boka|patienter|logg)(/[A-Za-z0-9_-]{1,20})?(\?[a-z]+=[A-Za-z0-9%]{0,20})?", fullmatch=True)
)
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert local_path(path) == path

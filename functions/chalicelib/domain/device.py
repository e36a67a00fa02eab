"""What a login was made with, in plain words: enough to know one's own by, and no more (L1)."""

from typing import Final

from msgspec import Struct

_LONGEST: Final = 1000

# Of several marks in one header the first in these lists tells: Edge and Opera say Chrome too, and Chrome says Safari.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


class Device(Struct, frozen=True, kw_only=True):
    """`Chrome` on `Windows`; empty where the browser does not say it in a known way. No version, no model."""

    browser: str = ""
    system: str = ""


def device_of(user_agent: str) -> Device:
    """By the `User-Agent` header (RFC 9110 10.1.5), which anyone may write as they like: it is believed in nothing."""
    said = user_agent[:_LONGEST]
    return Device(browser=_first(_BROWSERS, said), system=_first(_SYSTEMS, said))


def _first(marks: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in marks if mark in said), "")

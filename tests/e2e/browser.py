"""One Chromium process per participant: the fake camera and microphone are a process' own."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from tests.e2e.camera import Person, camera_file, microphone_file
from tests.e2e.traces import TRACES

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
"""For what a person on an idle machine sees within a second: the machine may do other things too."""

expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str:
    """The installed browser, or the one that CHROMIUM names. Raises FileNotFoundError."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise FileNotFoundError("no Chromium on the PATH; `make setup` installs it, or set CHROMIUM")
    return found


@contextmanager
def browser_of(
    playwright: Playwright,
    person: Person,
    folder: Path,
    camera: Path | None = None,
    arguments: Sequence[str] = (),
    sound: str | None = None,
) -> Iterator[Browser]:
    """A Chromium that sees `person` in its camera, or another picture, and reaches nothing but this machine.

    `sound`: the sound server (tests/e2e/sound.py) that is to hear what it plays; otherwise nobody does.
    """
    browser = playwright.chromium.launch(
        executable_path=chromium_path(),
        args=[
            "--no-sandbox",
            "--lang=sv-SE",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera or camera_file(person, folder)}",
            f"--use-file-for-fake-audio-capture={microphone_file(person, folder)}",
            "--disable-features=WebRtcHideLocalIpsWithMdns",
            "--autoplay-policy=no-user-gesture-required",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            *arguments,
        ],
        ignore_default_args=None if sound is None else ["--mute-audio"],
        env=None if sound is None else {**os.environ, "PULSE_SERVER": sound},
    )
    try:
        yield browser
    finally:
        browser.close()


def context_of(browser: Browser, *, phone: bool = False) -> BrowserContext:
    """A fresh profile, Swedish, on a desk or a phone-sized screen."""
    context = browser.new_context(
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        viewport=PHONE if phone else DESKTOP,
        permissions=["camera", "microphone", "clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE_MS)
    TRACES.follow(context)
    return context


def fits_the_width(page: Page) -> bool:
    """Nothing sticks out to the right (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

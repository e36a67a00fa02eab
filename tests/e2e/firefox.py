"""A Firefox with a camera and a microphone of its own making, driven over WebDriver BiDi."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from local.settings import ROOT
from tests.e2e.browser import PATIENCE_MS, PHONE

# Firefox's own microphone sounds one steady tone; its camera's colour changes all the time.
TONE_HZ = 660
_PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.audio.fake_frequency": TONE_HZ,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.gmp-manager.url": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class NoSound(Exception):
    """PulseAudio is missing or did not start."""


def own_address() -> str | None:
    """This machine's address towards others, None if it has but loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return None
        return str(probe.getsockname()[0])


@contextmanager
def sound_server(folder: Path) -> Iterator[str]:
    """A loudspeaker that nobody hears, without which Firefox' audio clock stands still. Raises NoSound."""
    program = shutil.which("pulseaudio")
    if program is None:
        raise NoSound("PulseAudio is not installed; `make setup-tests` installs it")
    path = folder / "sound"
    modules = ("module-null-sink", f"module-native-protocol-unix socket={path} auth-anonymous=1")
    server = subprocess.Popen(
        [program, "-n", "--daemonize=no", "--exit-idle-time=-1", *(f"--load={module}" for module in modules)],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until(path.exists, server)
        yield f"unix:{path}"
    finally:
        server.terminate()
        server.wait()


def _wait_until(ready: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    deadline_s = time.monotonic() + 10
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline_s:
            raise NoSound("PulseAudio did not start")
        time.sleep(0.05)


@contextmanager
def firefox(playwright: Playwright, folder: Path, sound: str) -> Iterator[Browser]:
    """One Firefox process. `folder` takes its start script; `sound` is a sound server's address."""
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=_start_script(folder),
        firefox_user_prefs=_PREFERENCES,
        env={**os.environ, "PULSE_SERVER": sound},
    )
    try:
        yield browser
    finally:
        browser.close()


def _start_script(folder: Path) -> Path:
    script = folder / "firefox"
    script.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tests.e2e.firefox_relay "$@"\n')
    script.chmod(0o755)
    return script


def firefox_context(browser: Browser) -> BrowserContext:
    """A fresh profile, Swedish, on a phone-sized screen."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", viewport=PHONE)
    context.set_default_timeout(PATIENCE_MS)
    return context

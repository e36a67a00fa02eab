"""Drawn people for the pictures in README: a flat portrait as a fake camera's one frame. Nobody real is shown."""

from dataclasses import dataclass
from pathlib import Path

import av
from playwright.sync_api import Browser

from tests.e2e.camera import write_motion_jpeg

WIDTH, HEIGHT = 640, 360


@dataclass(frozen=True)
class Portrait:
    """Colours of a drawn person; `glasses` and `coat` tell the two apart."""

    name: str
    wall: str
    skin: str
    hair: str
    clothes: str
    glasses: bool
    coat: bool


CLINICIAN = Portrait("clinician", "#c9d8d6", "#e8b998", "#5b3a29", "#2f6f77", glasses=False, coat=True)
PATIENT = Portrait("patient", "#e6d9c3", "#f0cdb0", "#d9d6d0", "#8a4f5d", glasses=True, coat=False)


def portrait_file(portrait: Portrait, browser: Browser, folder: Path) -> Path:
    """The portrait as motion JPEG of one second."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(f"<style>body{{margin:0}}</style>{_drawing(portrait)}")
    drawn, path = folder / f"{portrait.name}.png", folder / f"{portrait.name}.drawn.mjpeg"
    page.screenshot(path=drawn)
    page.close()
    write_motion_jpeg(_without_time(drawn), path)
    return path


def _without_time(drawn: Path) -> av.VideoFrame:
    """The picture as a frame that has no place in time yet."""
    with av.open(str(drawn)) as file:
        decoded = next(file.decode(video=0)).reformat(format="rgb24")
    fresh = av.VideoFrame(decoded.width, decoded.height, "rgb24")
    fresh.planes[0].update(bytes(decoded.planes[0]))
    return fresh


def _drawing(who: Portrait) -> str:
    return f"""
<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 1280 720">
  <rect width="1280" height="720" fill="{who.wall}"/>
  <rect x="880" y="90" width="250" height="300" rx="6" fill="#fff" opacity=".55"/>
  <path d="M905 370 l70-120 55 75 35-45 45 90z" fill="{who.clothes}" opacity=".25"/>
  <rect x="0" y="600" width="1280" height="120" fill="#000" opacity=".06"/>
  <path d="M330 720 q20-210 220-230 h180 q200 20 220 230z" fill="{who.clothes}"/>
  {_coat() if who.coat else _collar()}
  <rect x="585" y="400" width="110" height="120" rx="50" fill="{who.skin}"/>
  <path d="M585 455 q55 45 110 0 v-40 h-110z" fill="#000" opacity=".08"/>
  <path d="M455 330 q-25-230 185-240 q210 10 185 240 q-10 60-30 90 q-310 0-310 0 q-20-30-30-90z" fill="{who.hair}"/>
  <ellipse cx="640" cy="300" rx="140" ry="170" fill="{who.skin}"/>
  <path d="M498 270 q30-130 150-135 q120 5 136 130 q-60-70-140-75 q-90 5-146 80z" fill="{who.hair}"/>
  <circle cx="590" cy="295" r="11" fill="#33251d"/><circle cx="692" cy="295" r="11" fill="#33251d"/>
  <path d="M566 262 q24-14 48-2 M668 260 q24-12 48 2" stroke="{who.hair}" stroke-width="8" fill="none" stroke-linecap="round"/>
  <path d="M640 300 q-12 45 4 52" stroke="#000" stroke-opacity=".18" stroke-width="6" fill="none" stroke-linecap="round"/>
  <path d="M590 392 q50 42 102 0" stroke="#a3494c" stroke-width="9" fill="none" stroke-linecap="round"/>
  {_glasses() if who.glasses else ""}
</svg>"""


def _coat() -> str:
    return """<path d="M330 720 q20-210 220-230 l60 30 -30 200z M950 720 q-20-210-220-230 l-60 30 30 200z" fill="#fbfbf9"/>
  <path d="M550 490 l60 30 -18 120z M730 490 l-60 30 18 120z" fill="#e4e8e6"/>"""


def _collar() -> str:
    return """<path d="M560 500 q80 80 160 0 l18 26 q-98 96-196 0z" fill="#fff" opacity=".7"/>"""


def _glasses() -> str:
    return """<g fill="#fff" fill-opacity=".15" stroke="#3b3f45" stroke-width="6">
    <rect x="545" y="265" width="86" height="62" rx="26"/><rect x="649" y="265" width="86" height="62" rx="26"/>
    <path d="M631 290 q9-8 18 0 M545 288 l-40-8 M735 288 l40-8" fill="none"/></g>"""

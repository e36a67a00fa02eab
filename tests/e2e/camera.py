"""What each participant's fake camera and microphone give: one plain colour, one steady tone."""

import math
import struct
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

WIDTH, HEIGHT, FRAMES_PER_SECOND = 320, 240, 20
SAMPLE_RATE = 48_000
Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Person:
    """Someone to tell apart by eye and ear; the tone's frequency is in hertz."""

    name: str
    colour: Rgb
    tone_hz: int


CLINICIAN = Person("clinician", (30, 60, 220), 1000)
PATIENT = Person("patient", (220, 40, 40), 440)


def camera_file(person: Person, folder: Path) -> Path:
    """The colour as a camera's picture."""
    path = folder / f"{person.name}.mjpeg"
    write_motion_jpeg(_picture(person.colour), path)
    return path


def write_motion_jpeg(picture: av.VideoFrame, path: Path) -> None:
    """One second of a still picture; Chromium plays it in a loop."""
    with av.open(str(path), "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=Fraction(FRAMES_PER_SECOND))
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuvj420p"
        for _ in range(FRAMES_PER_SECOND):
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _picture(colour: Rgb) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "rgb24")
    frame.planes[0].update(bytes(colour) * (WIDTH * HEIGHT))
    return frame


def microphone_file(person: Person, folder: Path) -> Path:
    """One second of the tone as WAV: whole periods, so that the loop has no click."""
    path = folder / f"{person.name}.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        samples = (round(12_000 * math.sin(2 * math.pi * person.tone_hz * i / SAMPLE_RATE)) for i in range(SAMPLE_RATE))
        wav.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path

"""What comes out of a browser's loudspeaker, and how long it was silent while a tone should have been heard."""

import array
import math
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLE_RATE = 48_000
WINDOW_S = 0.005
# Of the tone's usual level: less is heard as a hole.
SILENT_SHARE = 0.25


@contextmanager
def recording(server: str, file: Path) -> Iterator[None]:
    """All that the loudspeaker of a sound server plays goes into `file`: signed 16 bits, one channel."""
    form = ("--format=s16le", "--channels=1", f"--rate={SAMPLE_RATE}", "--latency-msec=20", "--raw")
    with file.open("wb") as out:
        recorder = subprocess.Popen(["parec", f"--server={server}", "--device=null.monitor", *form], stdout=out)
        try:
            yield
        finally:
            recorder.terminate()
            recorder.wait()


def levels(file: Path) -> list[float]:
    """Root mean square of each window of 5 ms, in units of the samples."""
    samples = array.array("h", file.read_bytes()[: file.stat().st_size // 2 * 2])
    size = int(SAMPLE_RATE * WINDOW_S)
    return [
        math.sqrt(sum(value * value for value in samples[start : start + size]) / size)
        for start in range(0, len(samples) - size, size)
    ]


def longest_silence_s(file: Path) -> float:
    """The longest hole in a tone that sounds when the recording begins and when it ends."""
    heard = levels(file)
    usual = sorted(heard)[len(heard) * 9 // 10]
    assert usual > 100, "the tone is in the recording"
    longest = current = 0
    for level in heard:
        current = current + 1 if level < SILENT_SHARE * usual else 0
        longest = max(longest, current)
    return longest * WINDOW_S

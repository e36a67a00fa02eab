"""A camera whose picture needs its bit rate: fine noise, some of it new in each frame, around the person's colour.

Raw frames (YUV4MPEG2), for decoding large JPEG pictures would take the processor that encoding needs.
"""

from pathlib import Path
from random import Random

from tests.e2e.camera import Person

WIDTH, HEIGHT, FRAMES_PER_SECOND = 960, 540, 15
SECONDS = 4
# Height of a row of noise and width of its grains: so fine that a smaller layer, which blurs them, needs far fewer bits.
BLOCK, GRAIN = 12, 2
# How many rows are new in each frame: what makes the full layer use its bit rate without leaving out frames.
NEW_ROWS = 4


def moving_camera_file(person: Person, folder: Path) -> Path:
    """A film of some seconds; Chromium plays it in a loop."""
    path = folder / f"{person.name}.y4m"
    chance = Random(person.tone_hz)  # noqa: S311  # a picture, no secret
    brightness, colour = _brightness(person), _colour(person)
    rows = [_row(at, brightness, chance) for at in range(0, HEIGHT, BLOCK)]
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(SECONDS * FRAMES_PER_SECOND):
            for row in chance.sample(range(len(rows)), NEW_ROWS):
                rows[row] = _row(row * BLOCK, brightness, chance)
            film.write(b"FRAME\n" + b"".join(rows) + colour)
    return path


def _brightness(person: Person) -> int:
    red, green, blue = person.colour
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def _row(top: int, brightness: int, chance: Random) -> bytes:
    """Grains of random grey, the person's brightness in the middle half."""
    if not HEIGHT // 4 <= top < HEIGHT * 3 // 4:
        return _noise(chance, WIDTH) * BLOCK
    left, right = _noise(chance, WIDTH // 4), _noise(chance, WIDTH // 4)
    return (left + bytes((brightness,)) * (WIDTH // 2) + right) * BLOCK


def _noise(chance: Random, width: int) -> bytes:
    return b"".join(bytes((chance.randrange(80, 176),)) * GRAIN for _ in range(width // GRAIN))


def _colour(person: Person) -> bytes:
    """Both colour planes, each of a quarter of the pixels."""
    red, green, blue = person.colour
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    planes = (128 + 0.564 * (blue - y), 128 + 0.713 * (red - y))
    return b"".join(bytes((round(min(max(value, 0), 255)),)) * (WIDTH * HEIGHT // 4) for value in planes)

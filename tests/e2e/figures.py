"""Measured figures of a browser test, printed for docs/media.md (pytest -s shows them)."""

import json
import sys


def print_figures(what: str, **figures: float) -> None:
    """One line of JSON."""
    line = json.dumps({"measured": what} | {name: round(value, 3) for name, value in figures.items()})
    sys.stdout.write(f"\n{line}\n")

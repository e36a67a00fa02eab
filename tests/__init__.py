"""Tests and measurements, all with the project's own Node.js under Playwright: the one that comes with it needs a library
that a small Debian lacks (libatomic)."""

import os
import sys
from pathlib import Path

os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))

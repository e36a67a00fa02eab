"""The embedded AWS emulator as `local/emulator.py` runs it, but for writing its state down.

The loop stands still while it saves, which with a region's day in it would be what is measured. Runs with the Python of
.venv-aws: only the standard library, hypercorn and ministack may be imported here.
"""

import asyncio
import os

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app


def main() -> None:
    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    asyncio.run(serve(app, config))


if __name__ == "__main__":
    main()

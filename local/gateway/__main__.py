"""`python -m local.gateway`: serves until SIGTERM or SIGINT."""

import os
from pathlib import Path

from aiohttp import web

from local.gateway.application import build
from local.lambda_app import load_app
from local.process_log import configure_log
from local.settings import HOST, WEB_DIST, read_settings

SHUTDOWN_SECONDS = 1.0


def main() -> None:
    """Import the app first, so that whatever answers can also serve."""
    configure_log()
    settings = read_settings()
    app = load_app()
    app.websocket_api._WEBSOCKET_ENDPOINT_TEMPLATE = os.environ["LIVE_ENDPOINT"]
    app.websocket_api.configure("", "")
    gateway = build(app, settings, Path(os.environ.get("WEB_DIST", WEB_DIST)))
    # No access log: a patient's link is part of the address.
    web.run_app(gateway, host=HOST, port=settings.port, access_log=None, print=None, shutdown_timeout=SHUTDOWN_SECONDS)


if __name__ == "__main__":
    main()

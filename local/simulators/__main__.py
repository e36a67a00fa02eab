"""`python -m local.simulators`: all simulators on one port of 127.0.0.1 (SIM_PORT, LOCAL_DATA)."""

from aiohttp import web

from local.settings import HOST, read_settings
from local.simulators.app import make_app


def main() -> None:
    settings = read_settings()
    web.run_app(
        make_app(settings.data, settings.public_url), host=HOST, port=settings.sim_port, access_log=None, print=None
    )


if __name__ == "__main__":
    main()

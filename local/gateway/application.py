"""One origin for all the browser needs: `/api` `/live` `/media`, and the web client everywhere else."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web
from chalice.app import Chalice

from local.gateway import connections
from local.gateway.connections import ConnectionsApi
from local.gateway.live import MESSAGE_LIMIT_BYTES, LiveApi
from local.gateway.media_proxy import MediaProxy
from local.gateway.rest import BODY_LIMIT_BYTES, STAGE, RestApi
from local.gateway.web_files import WebFiles
from local.settings import Settings

THREADS = 32


def build(app: Chalice, settings: Settings, web_folder: Path) -> web.Application:
    """The gateway around a Chalice app."""
    gateway = web.Application(client_max_size=max(BODY_LIMIT_BYTES, MESSAGE_LIMIT_BYTES))
    executor = ThreadPoolExecutor(THREADS, thread_name_prefix="handler")
    live = LiveApi(app, executor)
    rest = RestApi(app, executor)
    media = MediaProxy([node.url for node in settings.media])
    gateway.cleanup_ctx.append(media.lifetime)
    gateway.on_shutdown.append(live.close_all)
    gateway.router.add_get("/live", live.handle)
    gateway.router.add_get("/media", media.handle)
    gateway.router.add_route("*", connections.PATH, ConnectionsApi(live).handle)
    gateway.router.add_route("*", f"/{STAGE}/{{path:.*}}", rest.handle)
    gateway.router.add_get("/{path:.*}", WebFiles(web_folder, settings.port).handle)
    return gateway

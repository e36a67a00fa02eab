"""The web client as CloudFront will serve it: files, index.html for every page of the client, cache and security headers."""

from http import HTTPStatus
from pathlib import Path

from aiohttp import web

IMMUTABLE = "public, max-age=31536000, immutable"
"""Files under assets/ carry a hash of their content in their name."""
REVALIDATE = "no-cache"


def security_headers(sockets: str) -> dict[str, str]:
    """For every document; `sockets`: the origins of /live and /media. infra/web.yaml has the same, and HSTS beside them.

    No page address is told to another site: links of patients hold their token. No other site's page holds on to a window
    of ours, nor reads a file of ours into itself.
    """
    policy = {
        "default-src": "'self'",
        "connect-src": f"'self' {sockets}",
        "img-src": "'self' blob: data:",
        "media-src": "'self' blob: data: mediastream:",
        "style-src": "'self'",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


class WebFiles:
    """The folder that `vite build` fills."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder.resolve()
        self._headers = security_headers(f"ws://localhost:{port} ws://127.0.0.1:{port}")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A file; index.html for an address of the client's own; 404 for a missing file."""
        path = (self._folder / request.path.lstrip("/")).resolve()
        if path.is_relative_to(self._folder) and path.is_file():
            return self._file(path)
        if "." in request.path.rpartition("/")[2]:
            return web.Response(status=HTTPStatus.NOT_FOUND, headers=self._headers)
        index = self._folder / "index.html"
        if not index.is_file():
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="The web client is not built: make setup\n")
        return self._file(index)

    def _file(self, path: Path) -> web.FileResponse:
        cache = IMMUTABLE if path.parent.name == "assets" else REVALIDATE
        return web.FileResponse(path, headers=self._headers | {"Cache-Control": cache})

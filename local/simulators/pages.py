"""The frame around every page of the simulators. Text that comes from outside goes through `html.escape` first."""

from html import escape

from aiohttp import web

_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'"


def page(title: str, body: str, *, script: str = "", look: str = "plain", status: int = 200) -> web.Response:
    """`body`: ready HTML. `script`: a file in static/. `look`: the class of the page in simulators.css."""
    script_tag = f'<script src="/static/{script}" type="module"></script>' if script else ""
    return web.Response(
        status=status,
        content_type="text/html",
        headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        text=f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/simulators.css">
{script_tag}
</head>
<body class="{look}">
<main>
{body}
</main>
</body>
</html>""",
    )

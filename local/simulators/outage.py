"""A switch that makes a simulator unreachable, for tests of what happens then."""

import json

from aiohttp import web


class Outage:
    """Off until someone turns it on."""

    def __init__(self) -> None:
        self.down = False

    async def switch(self, request: web.Request) -> web.Response:
        """`{"down": true}` or `{"down": false}`; the answer says how it stands. 400 for anything else."""
        try:
            wanted = json.loads(await request.read())
        except ValueError:
            wanted = None
        if not isinstance(wanted, dict) or not isinstance(wanted.get("down"), bool):
            raise web.HTTPBadRequest(text='expected {"down": true} or {"down": false}')
        self.down = wanted["down"]
        return web.json_response({"down": self.down})
